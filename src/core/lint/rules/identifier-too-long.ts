import type {Draft, RuleProof, StatementRule} from '../rule.ts';
import type {Word} from '../statement.ts';

/** `NAMEDATALEN` less its zero byte. */
const longest = 63;

export const rule: StatementRule = {
  id: 'identifier-too-long',
  severity: 'warning',
  title: 'A name is longer than PostgreSQL keeps',
  about: `PostgreSQL keeps 63 bytes of a name and cuts off the rest with no more than a NOTICE. Two long names that begin alike
are then the same one, and programs that look for the whole name in the catalogs do not find it. Letters outside of ASCII
have two bytes or more.`,
  kinds: [
    'CreateStmt',
    'AlterTableStmt',
    'IndexStmt',
    'RenameStmt',
    'ViewStmt',
    'CreateTableAsStmt',
    'CreateSeqStmt',
    'CreateFunctionStmt',
    'CreateTrigStmt',
    'CreatePolicyStmt',
    'CreateEnumStmt',
    'CompositeTypeStmt',
    'CreateDomainStmt',
    'CreateSchemaStmt',
    'CreateRoleStmt',
  ],
  check: ({statement}) => statement.words.flatMap(draft),
};

function draft({text, start, end}: Word): readonly Draft[] {
  const name = nameIn(text);
  if (name === undefined || name.length * 3 <= longest || bytesOf(name) <= longest) return [];
  return [
    {
      at: {start, end},
      what: `The name is cut off to ${kept(name)}`,
      why: `It has ${bytesOf(name)} bytes, and PostgreSQL keeps ${longest}. Another name with the same beginning is the same name.`,
      fix: 'Choose a shorter name.',
    },
  ];
}

/** Neither a string nor a number nor an operator. */
function nameIn(text: string): string | undefined {
  if (text.startsWith('"')) return text.slice(1, -1).replaceAll('""', '"');
  return /^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*$/.test(text) ? text.toLowerCase() : undefined;
}

function bytesOf(name: string): number {
  let bytes = 0;
  for (const character of name) bytes += bytesOfCharacter(character);
  return bytes;
}

function bytesOfCharacter(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** A letter is not cut in two. */
function kept(name: string): string {
  let result = '';
  for (const character of name) {
    if (bytesOf(result + character) > longest) break;
    result += character;
  }
  return result;
}

const long = 'orders_customer_id_and_shipping_address_id_and_billing_address_id_idx';

export const proof = (): RuleProof => ({
  fires: [
    {name: 'an index', sql: `CREATE INDEX «${long}» ON orders (id);`},
    {name: 'a constraint', sql: `ALTER TABLE orders ADD CONSTRAINT «"${long}"» CHECK (id > 0);`},
    {name: 'letters of two bytes', sql: `ALTER TABLE orders RENAME TO «"${'ä'.repeat(32)}"»;`},
    {name: 'on the way back', direction: 'down', sql: `ALTER TABLE orders RENAME TO «${long}»;`},
  ],
  silent: [
    {name: '63 bytes', sql: `CREATE INDEX ${long.slice(0, 63)} ON orders (id);`},
    {name: 'letters of two bytes', sql: `ALTER TABLE orders RENAME TO "${'ä'.repeat(31)}";`},
    {name: 'a string', sql: `CREATE TABLE t (a text PRIMARY KEY DEFAULT '${long}');`},
    {name: 'a comment', sql: `CREATE TABLE t (a text PRIMARY KEY); -- ${long}`},
  ],
  claims: [
    {
      setup: `CREATE TABLE ${long.slice(0, 63)} (id int)`,
      sql: `CREATE TABLE ${long} (id int)`,
      does: {fails: '42P07'},
    },
  ],
});
