import {effectsOf} from '../explain/gate/effects.ts';
import {escapingFunctions} from '../explain/gate/functions.ts';
import {nodesOf} from '../explain/syntax-tree.ts';
import {field, list, names, text} from '../sql/objects.ts';
import type {Statement, SyntaxNode} from '../sql/parser.ts';

/** Why a statement is not tried between BEGIN and ROLLBACK on a server that others use. */
type Refusal = (node: SyntaxNode) => string | undefined;

const noBlock = 'PostgreSQL runs it outside of transactions only, so nothing could roll it back.';
const reachesOut = 'It acts on another server, where ROLLBACK does not reach.';

const refusals: Readonly<Record<string, Refusal>> = {
  TransactionStmt: () => 'It would end the transaction that is to be rolled back.',
  IndexStmt: ({concurrent}) => (concurrent === true ? noBlock : undefined),
  DropStmt: ({concurrent}) => (concurrent === true ? noBlock : undefined),
  ReindexStmt: ({kind, params}) =>
    kind !== 'REINDEX_OBJECT_TABLE' && kind !== 'REINDEX_OBJECT_INDEX' ? noBlock : concurrently(params),
  AlterTableStmt: ({cmds}) =>
    list(cmds).some(each => partition(each)['concurrent'] === true) ? noBlock : undefined,
  VacuumStmt: node => (node['is_vacuumcmd'] === true ? noBlock : undefined),
  ClusterStmt: ({relation}) => (relation === undefined ? noBlock : undefined),
  CreatedbStmt: () => noBlock,
  DropdbStmt: () => noBlock,
  CreateTableSpaceStmt: () => noBlock,
  DropTableSpaceStmt: () => noBlock,
  AlterSystemStmt: () => noBlock,
  AlterDatabaseStmt: ({options}) =>
    list(options).some(each => field(each, 'DefElem')['defname'] === 'tablespace') ? noBlock : undefined,
  DiscardStmt: ({target}) => (target === 'DISCARD_ALL' ? noBlock : undefined),
  CreateSubscriptionStmt: () => reachesOut,
  AlterSubscriptionStmt: () => reachesOut,
  DropSubscriptionStmt: () => reachesOut,
  CopyStmt: node => copy(node),
  LoadStmt: () => 'A library stays loaded after ROLLBACK.',
  CheckPointStmt: () => 'It makes the server write all changed pages at once, for everybody.',
  DoStmt: ({args}) => bodyRefusal(bodyOf(args)),
};

/** @returns why the statement is not tried on a server, as far as its text tells; nothing where it can be */
export function serverRefusal(statement: Statement): string | undefined {
  const refused = refusals[statement.kind]?.(statement.node);
  if (refused !== undefined) return refused;
  const [escape] = effectsOf(statement).escapes;
  return escape === undefined ? undefined : `It ${escape}, which ROLLBACK does not take back.`;
}

/** @returns functions and procedures that a statement calls by name, without their schema */
export function calledBy({kind, node}: Pick<Statement, 'kind' | 'node'>): readonly string[] {
  const calls = nodesOf({[kind]: node}).filter(each => each.kind === 'FuncCall');
  const procedure = kind === 'CallStmt' ? [field(node, 'funccall')] : [];
  return [...calls.map(({node: call}) => call), ...procedure].flatMap(
    ({funcname}) => names(funcname).at(-1) ?? [],
  );
}

function concurrently(params: unknown): string | undefined {
  return list(params).some(each => field(each, 'DefElem')['defname'] === 'concurrently')
    ? noBlock
    : undefined;
}

function partition(command: unknown): SyntaxNode {
  return field(field(field(command, 'AlterTableCmd'), 'def'), 'PartitionCmd');
}

function copy({is_program: isProgram, is_from: isFrom, filename}: SyntaxNode): string | undefined {
  if (isProgram === true) return 'It runs a program on the server.';
  if (isFrom !== true && filename !== undefined) return 'It writes a file on the server.';
  return undefined;
}

function bodyOf(args: unknown): string {
  return list(args)
    .map(each => field(each, 'DefElem'))
    .filter(({defname}) => defname === 'as')
    .map(({arg}) => text(field(arg, 'String')['sval']) ?? '')
    .join('\n');
}

/**
 * Texts in quotes and comments are left out, dynamic SQL with them: the server refuses a COMMIT there by itself.
 * @returns why code is not run on a server: what it calls, and that it commits
 */
export function bodyRefusal(source: string): string | undefined {
  const bare = source.replaceAll(/--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'/g, ' ').toLowerCase();
  if (/(?:^|[;\s])(?:commit|rollback)\s*(?:;|and\b|work\b)/.test(bare))
    return 'Its code ends the transaction that is to be rolled back.';
  const called = [...bare.matchAll(/([a-z_][a-z0-9_]*)\s*\(/g)].map(([, name = '']) => name);
  const escaping = called.find(name => escapingFunctions.has(name));
  return escaping === undefined
    ? undefined
    : `Its code ${escapingFunctions.get(escaping) ?? ''} (${escaping}), which ROLLBACK does not take back.`;
}
