import type {Parser} from '../../sql/parser.ts';
import type {TextForm} from './rule.ts';
import {canonicalTree} from './tree.ts';

/** A statement around the text, because the parser reads nothing less. */
const statements: Readonly<Record<TextForm, (text: string) => string>> = {
  expression: text => `SELECT ${text}`,
  query: text => text,
  statement: text => text,
  constraint: text => `ALTER TABLE t ADD ${text}`,
  'index key': text => `CREATE INDEX ON t (${text})`,
  'partition key': text => `CREATE TABLE t () PARTITION BY ${text}`,
  'partition bound': text => `CREATE TABLE t PARTITION OF p ${text}`,
  arguments: text => `CREATE FUNCTION f(${text}) RETURNS int LANGUAGE sql AS ''`,
  body: text => `CREATE FUNCTION f() RETURNS int LANGUAGE sql ${text}`,
  'published table': text => `CREATE PUBLICATION p FOR TABLE ${text}`,
};

/** @returns whether two texts mean the same, however two servers wrote them */
export async function meansTheSame(
  parser: Parser,
  form: TextForm,
  one: string,
  other: string,
): Promise<boolean> {
  if (one === other) return true;
  const [first, second] = [unixLines(one), unixLines(other)];
  if (first === second) return true;
  // The inside of a function is its language's own, but for what the server parsed when it was made.
  if (form === 'body' && !(isParsedBody(first) && isParsedBody(second))) return false;
  const trees = [await treeOf(parser, form, first), await treeOf(parser, form, second)];
  return trees[0] !== undefined && trees[0] === trees[1];
}

/** A repository may be checked out with the line ends of Windows, and functions keep theirs. */
function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function isParsedBody(text: string): boolean {
  return /^\s*(?:BEGIN ATOMIC|RETURN)\b/i.test(text);
}

async function treeOf(parser: Parser, form: TextForm, text: string): Promise<string | undefined> {
  const parsed = await parser.parse(statements[form](text));
  if (!parsed.ok) return undefined;
  return JSON.stringify(parsed.value.map(({kind, node}) => canonicalTree({[kind]: node})));
}
