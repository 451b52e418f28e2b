import {ok, type Outcome} from '../../core/outcome.ts';
import type {Row} from '../../core/session.ts';
import {kindSources} from './kinds.ts';
import type {Missing} from './gaps.ts';
import type {Moment} from './moment.ts';
import {columnsSql, typesSql} from './sql/columns.ts';
import {constraintsSql} from './sql/constraints.ts';
import {commentsSql, extensionDependenciesSql, labelsSql, membersSql, privilegesSql} from './sql/details.ts';
import {gapsSql} from './sql/gaps.ts';
import {defaultClassesSql, indexesSql} from './sql/indexes.ts';
import {needsSql} from './sql/needs.ts';
import {defaultPrivilegesSql, rolesSql} from './sql/roles.ts';
import {sequencesSql} from './sql/sequences.ts';
import {tablesSql} from './sql/tables.ts';
import {readTogether} from './together.ts';
import {number, texts} from './values.ts';

const lookups = {
  typeFacts: typesSql,
  defaultClasses: defaultClassesSql,
  comments: commentsSql,
  privileges: privilegesSql,
  labels: labelsSql,
  extensionDependencies: extensionDependenciesSql,
  members: membersSql,
  roles: rolesSql,
  defaultPrivileges: defaultPrivilegesSql,
} as const;

type Lookup = keyof typeof lookups | 'gaps';
type KindList = `kind ${string}`;

/** Lists with a row for each table or more. */
const large = {
  tables: () => tablesSql,
  columns: () => columnsSql,
  sequences: () => sequencesSql,
  constraints: constraintsSql,
  indexes: indexesSql,
  needs: needsSql,
} as const;

type Large = keyof typeof large;

/** What was read, as it came. */
export interface SchemaRows {
  readonly server: Row;
  readonly missing: readonly Missing[];
  readonly list: (name: Lookup | KindList) => readonly Row[];
  /** Asks for a long list when its turn has come, so that never two of them are kept. */
  readonly load: (name: Large) => Promise<Outcome<readonly Row[]>>;
}

export async function readRows(moment: Moment): Promise<Outcome<SchemaRows>> {
  const version = number(moment.server['versionNumber']);
  const unreadable = texts(moment.server['unreadable']);
  const missing: Missing[] = [];
  const statements = new Map<Lookup | KindList, string>();
  const ask = (name: Lookup | KindList, sql: string, more: Omit<Missing, 'catalog'> | undefined): void => {
    const catalog = unreadable.find(candidate => new RegExp(`\\b${candidate}\\b`).test(sql));
    if (catalog === undefined) statements.set(name, sql);
    else if (more) missing.push({...more, catalog});
  };
  for (const {kind, sql} of kindSources) ask(`kind ${kind}`, sql(version), {kind});
  for (const [name, sql] of Object.entries(lookups)) if (isLookup(name)) ask(name, sql, {});
  ask('gaps', gapsSql(version), undefined);
  const list = await readTogether(moment, statements);
  if (!list.ok) return list;
  return ok({
    server: moment.server,
    missing,
    list: list.value,
    load: name => moment.rows(large[name](version)),
  });
}

function isLookup(name: string): name is Lookup {
  return name in lookups;
}
