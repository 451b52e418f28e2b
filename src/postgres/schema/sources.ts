import {ok, type Outcome} from '../../core/outcome.ts';
import type {Row} from '../../core/session.ts';
import {kindSources} from './kinds.ts';
import type {Moment} from './moment.ts';
import {collationsSql, columnsSql, typesSql} from './sql/columns.ts';
import {constraintsSql} from './sql/constraints.ts';
import {commentsSql, extensionDependenciesSql, labelsSql, membersSql, privilegesSql} from './sql/details.ts';
import {defaultClassesSql, indexesSql} from './sql/indexes.ts';
import {needsSql} from './sql/needs.ts';
import {defaultPrivilegesSql, rolesSql} from './sql/roles.ts';
import {sequencesSql} from './sql/sequences.ts';
import {tablesSql} from './sql/tables.ts';
import {readTogether} from './together.ts';
import {number} from './values.ts';

const lookups = {
  typeFacts: typesSql,
  collationNames: collationsSql,
  defaultClasses: defaultClassesSql,
  comments: commentsSql,
  privileges: privilegesSql,
  labels: labelsSql,
  extensionDependencies: extensionDependenciesSql,
  members: membersSql,
  roles: rolesSql,
  defaultPrivileges: defaultPrivilegesSql,
} as const;

type Lookup = keyof typeof lookups;
type KindList = `kind ${string}`;

/** Lists with a row for each table or more. */
const large = {
  tables: () => tablesSql,
  columns: () => columnsSql,
  sequences: () => sequencesSql,
  constraints: constraintsSql,
  indexes: indexesSql,
  needs: () => needsSql,
} as const;

type Large = keyof typeof large;

/** Everything that was read, as it came. */
export interface SchemaRows {
  readonly server: Row;
  readonly list: (name: Lookup | KindList) => readonly Row[];
  readonly large: Readonly<Record<Large, readonly Row[]>>;
}

export async function readRows(moment: Moment): Promise<Outcome<SchemaRows>> {
  const version = number(moment.server['versionNumber']);
  const statements = new Map<Lookup | KindList, string>();
  for (const {kind, sql} of kindSources) statements.set(`kind ${kind}`, sql(version));
  for (const [name, sql] of Object.entries(lookups)) if (isLookup(name)) statements.set(name, sql);
  const list = await readTogether(moment, statements);
  if (!list.ok) return list;
  const read = {tables: [], columns: [], sequences: [], constraints: [], indexes: [], needs: []};
  const rows: Record<Large, readonly Row[]> = {...read};
  for (const name of Object.keys(read)) {
    if (!isLarge(name)) continue;
    const outcome = await moment.rows(large[name](version));
    if (!outcome.ok) return outcome;
    rows[name] = outcome.value;
  }
  return ok({server: moment.server, list: list.value, large: rows});
}

function isLookup(name: string): name is Lookup {
  return name in lookups;
}

function isLarge(name: string): name is Large {
  return name in large;
}
