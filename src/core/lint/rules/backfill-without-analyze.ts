import {field, list, relationOf, written, type QualifiedName} from '../../sql/objects.ts';
import type {FileRule, RuleProof, Situation} from '../rule.ts';
import {dataChanges} from './support/data-change.ts';
import {isSameName} from './support/relation-names.ts';

export const rule: FileRule = {
  id: 'backfill-without-analyze',
  severity: 'hint',
  title: 'Fills a column of every row without ANALYZE',
  about: `The planner knows how often which value occurs from the last \`ANALYZE\`. After every row got another value it plans
with what was there before, until autovacuum comes by: soon for a small table, later for a large one or where autovacuum
is busy with the dead rows of the same change. \`ANALYZE\` reads a sample only and blocks neither reads nor writes.`,
  direction: 'up',
  checkFile: (_, situations) =>
    situations.flatMap((situation, index) => {
      const change = dataChanges(situation).find(
        ({command, reach, isWhole, name}) =>
          command === 'UPDATE' && reach === 'every' && isWhole && !situation.isHarmless(name),
      );
      const later = situations.slice(index + 1);
      if (!change || later.some(other => analyzes(other, change.name) || fillsAgain(other, change.name)))
        return [];
      const table = written(change.name);
      return [
        {
          statement: index,
          at: situation.statement.nameAt(field(change.node, 'relation')['location']),
          what: `Statistics of ${table} are out of date behind this UPDATE`,
          why: 'Until autovacuum comes by, the planner works with the values that were there before.',
          fix: `Run ANALYZE ${table} behind it.`,
          remedies: [{kind: 'after', title: `Add ANALYZE ${table}`, sql: `ANALYZE ${table};`}],
        },
      ];
    }),
};

/** VACUUM alone does not. */
function analyzes({statement: {kind, node}, before}: Situation, table: QualifiedName): boolean {
  if (kind !== 'VacuumStmt') return false;
  const options = list(node['options']).map(each => field(each, 'DefElem')['defname']);
  if (node['is_vacuumcmd'] === true && !options.includes('analyze')) return false;
  const named = list(node['rels']).flatMap(
    each => relationOf(field(each, 'VacuumRelation')['relation']) ?? [],
  );
  return named.length === 0 || named.some(name => isSameName(before, name, table));
}

function fillsAgain(situation: Situation, table: QualifiedName): boolean {
  return dataChanges(situation).some(
    ({command, reach, name}) =>
      command === 'UPDATE' && reach === 'every' && isSameName(situation.before, name, table),
  );
}

const orders = 'CREATE TABLE orders (id bigint PRIMARY KEY, state text)';

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'every row',
      history: orders,
      sql: "UPDATE «orders» SET state = 'new';",
      fixed: "UPDATE orders SET state = 'new';\nANALYZE orders;",
    },
    {
      name: 'VACUUM is no ANALYZE',
      history: orders,
      transaction: 'none',
      sql: "UPDATE «orders» SET state = 'new';\nVACUUM orders;",
    },
    {
      name: 'once for two',
      history: orders,
      sql: "UPDATE orders SET state = 'new';\nUPDATE «orders» SET state = 'newer';",
    },
  ],
  silent: [
    {
      name: 'with ANALYZE',
      history: orders,
      sql: "UPDATE orders SET state = 'new';\nANALYZE orders;",
    },
    {
      name: 'with VACUUM ANALYZE',
      history: orders,
      transaction: 'none',
      sql: "UPDATE orders SET state = 'new';\nVACUUM (ANALYZE) orders;",
    },
    {name: 'few rows', history: orders, sql: "UPDATE orders SET state = 'new' WHERE id = 1;"},
    {
      name: 'a new table',
      sql: 'CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\nUPDATE t SET a = 2;',
    },
  ],
  claims: [{sql: 'ANALYZE orders', does: 'SUE orders'}],
});
