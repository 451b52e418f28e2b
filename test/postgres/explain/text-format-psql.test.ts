import {execFile} from 'node:child_process';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {ExplainedPlan} from '../../../src/core/explain/plan.ts';
import {readPlans} from '../../../src/core/explain/read-plans.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {value} from '../../rig/sessions.ts';

/*
 * Real psql prints one and the same plan in every border, line style and format that it has; each print has to be read
 * into the same tree as the server's own lines. The plan is not executed, so that it is the same each time.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase(17, 'text_psql');
  await database.sql(`create table notes (id int primary key, note text);
    insert into notes select g, 'n' || g from generate_series(1, 500) g; analyze notes`);
});
afterAll(() => database.drop());

const program = 'psql';

/** @returns what psql prints for a script on its standard input, with its errors and notices in place */
function psql(script: string, options: readonly string[] = []): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, ['-X', ...options, database.url], (error, stdout, stderr) =>
      error ? reject(error) : resolve(`${stderr}${stdout}`),
    );
    child.stdin?.end(script);
  });
}

const long = 'a text that is rather long, so that it does not fit into a narrow window. '.repeat(3);
const queries = {
  lines: `select id from notes where note <> E'first\\n\\n | second\\n-----\\n"third"' order by note;`,
  long: `with n as materialized (select * from notes) select count(*) from n a join n b using (id) where a.note <> '${long}';`,
};

const printed: Record<string, string> = {};
beforeAll(async () => {
  for (const [name, query] of Object.entries(queries))
    printed[name] = await psql(`explain (verbose) ${query}`, ['-qAt']);
});

/** What is read, without what only one of the formats has. */
function trees(plans: readonly ExplainedPlan[]): unknown {
  return plans.map(({nodes}) => nodes.map(({fields}) => fields));
}

function expected(name: string): unknown {
  return trees(value(readPlans(printed[name] ?? '')));
}

const borders = [0, 1, 2];
const styles = ['ascii', 'old-ascii', 'unicode'];
const frames = styles.flatMap(style => borders.map(border => ({style, border})));

describe('the text of a plan', () => {
  it('has the lines that the server sent', () => {
    const [plan] = value(readPlans(printed['lines'] ?? ''));
    expect(plan?.nodes.map(({type}) => type)).toEqual(['Sort', 'Seq Scan']);
    expect(plan?.nodes[1]?.fields['Filter']).toBe(
      `(notes.note <> 'first\n\n | second\n-----\n"third"'::text)`,
    );
  });

  it.each(frames)('in a frame of $style with border $border', async ({style, border}) => {
    const text = await psql(
      `\\pset linestyle ${style}\n\\pset border ${border}\n\\timing\nexplain (verbose) ${queries.long}`,
    );
    expect(text).toMatch(/QUERY PLAN/);
    expect(trees(value(readPlans(text)))).toEqual(expected('long'));
  });

  it.each(frames)('expanded in $style with border $border', async ({style, border}) => {
    const text = await psql(
      `\\x\n\\pset linestyle ${style}\n\\pset border ${border}\nexplain (verbose) ${queries.long}`,
      ['-q'],
    );
    expect(trees(value(readPlans(text)))).toEqual(expected('long'));
  });

  it.each(frames.filter(({style, border}) => style !== 'old-ascii' && border > 0))(
    'wrapped to 60 columns in $style with border $border',
    async ({style, border}) => {
      const wrapped = '\\pset format wrapped\n\\pset columns 60';
      const text = await psql(
        `\\pset linestyle ${style}\n\\pset border ${border}\n${wrapped}\nexplain (verbose) ${queries.long}`,
        ['-q'],
      );
      expect(text).toMatch(style === 'ascii' ? /\.\|?$/m : /…│?$/m);
      expect(trees(value(readPlans(text)))).toEqual(expected('long'));
    },
  );

  it.each([
    ['aligned', ['-q']],
    ['with a tuple footer only', ['-qA']],
    ['with nothing around', ['-qAt']],
    ['expanded and unaligned', ['-qAx']],
    ['as CSV', ['-q', '--csv']],
    ['echoed', ['-a']],
  ])('%s, with line breaks in a condition', async (_name, options) => {
    const text = await psql(`explain (verbose) ${queries.lines}`, options);
    expect(trees(value(readPlans(text)))).toEqual(expected('lines'));
  });

  it('with Windows line ends, and without the leading blank of a copied first line', async () => {
    const text = await psql(`explain (verbose) ${queries.long}`, ['-q']);
    expect(trees(value(readPlans(text.replaceAll('\n', '\r\n'))))).toEqual(expected('long'));
    const copied = text.slice(text.indexOf('Aggregate'));
    expect(trees(value(readPlans(copied)))).toEqual(expected('long'));
  });

  it.each([
    [
      'a code fence',
      (text: string) => `The plan is:\n\n\`\`\`sql\n${text}\`\`\`\nWhy is it slow: any idea?\n`,
    ],
    ['an indented list', (text: string) => `1. Run it\n\n${text.replaceAll(/^/gm, '     ')}\n2. Look`],
    ['an answered mail', (text: string) => `On Monday she wrote:\n${text.replaceAll(/^/gm, '> ')}\nThanks`],
    ['an answer to an answer', (text: string) => text.replaceAll(/^/gm, '> > ')],
    ['prose with a colon after it', (text: string) => `${text}\nNote: the table is large\n`],
    ['hard blanks', (text: string) => text.replaceAll(' ', '\u00A0')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['empty lines between all lines', (text: string) => text.replaceAll('\n', '\n\n')],
  ])('in %s', async (_name, dress) => {
    const text = await psql(`explain (verbose) ${queries.long}`, ['-q']);
    expect(trees(value(readPlans(dress(text))))).toEqual(expected('long'));
  });

  it('of several statements of one session', async () => {
    const text = await psql(
      `explain (verbose) ${queries.long}\nselect 1 as "a: b";\nexplain (verbose) ${queries.long}\nexplain (verbose, format json) ${queries.long}\nselect 2;\nexplain (costs off) select 1;`,
    );
    const plans = value(readPlans(text));
    expect(plans.map(({format, root}) => [format, root.type])).toEqual([
      ['text', 'Aggregate'],
      ['text', 'Aggregate'],
      ['json', 'Aggregate'],
      ['text', 'Result'],
    ]);
    expect(trees(plans.slice(0, 1))).toEqual(trees(plans.slice(1, 2)));
  });

  it.each([
    ['select 1', ['Result']],
    ['select * from notes', ['Seq Scan']],
    ['update notes set id = 1 where id = 2', ['ModifyTable', 'Index Scan']],
    ['select count(*) from notes limit 1', ['Limit', 'Aggregate', 'Seq Scan']],
  ])('without costs: %s', async (query, types) => {
    const text = await psql(`explain (costs off) ${query};`, ['-a']);
    const [plan] = value(readPlans(text));
    expect(plan?.nodes.map(({type}) => type)).toEqual(types);
  });
});

describe('the JSON of a plan', () => {
  const json = `explain (verbose, format json) ${queries.long}`;
  let alone: unknown;
  beforeAll(async () => {
    alone = trees(value(readPlans(await psql(json, ['-qAt']))));
  });

  it('is the text said otherwise', () => {
    expect(JSON.stringify(alone)).toContain(long.trim());
  });

  it.each(frames)('in a frame of $style with border $border', async ({style, border}) => {
    const text = await psql(`\\pset linestyle ${style}\n\\pset border ${border}\n\\timing\n${json}`);
    expect(trees(value(readPlans(text)))).toEqual(alone);
  });

  it.each(frames)('expanded in $style with border $border', async ({style, border}) => {
    const text = await psql(`\\x\n\\pset linestyle ${style}\n\\pset border ${border}\n${json}`, ['-q']);
    expect(trees(value(readPlans(text)))).toEqual(alone);
  });

  it.each([['-qA'], ['-qAx'], ['-q --csv'], ['-a']])('printed with %s', async options => {
    expect(trees(value(readPlans(await psql(json, options.split(' ')))))).toEqual(alone);
  });

  it('wrapped to 60 columns', async () => {
    const text = await psql(`\\pset format wrapped\n\\pset columns 60\n${json}`, ['-q']);
    expect(text).toMatch(/\.$/m);
    expect(trees(value(readPlans(text)))).toEqual(alone);
  });
});
