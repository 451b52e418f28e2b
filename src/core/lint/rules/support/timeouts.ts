import {nodesOf} from '../../../explain/syntax-tree.ts';
import {field, list, names, text} from '../../../sql/objects.ts';
import type {SyntaxNode} from '../../../sql/parser.ts';
import type {Situation} from '../../rule.ts';
import type {LintStatement} from '../../statement.ts';
import {onceFor} from './once-for.ts';
import {commits, rollsBack} from './transactions.ts';

export type Timeout = 'lock_timeout' | 'statement_timeout';

interface Setting {
  readonly name: Timeout;
  /** False for none: 0, or the default, which nobody knows here. */
  readonly isOn: boolean;
  readonly isLocal: boolean;
}

/** @returns what a statement sets: SET, RESET, `set_config()`, and a DO block that mentions one */
export function timeoutsSet({kind, node}: Pick<LintStatement, 'kind' | 'node'>): readonly Setting[] {
  switch (kind) {
    case 'VariableSetStmt':
      return bySet(node);
    case 'DiscardStmt':
      return both.map(name => ({name, isOn: false, isLocal: false}));
    case 'SelectStmt':
      return nodesOf(node['targetList']).flatMap(inner =>
        inner.kind === 'FuncCall' ? byFunction(inner.node) : [],
      );
    case 'DoStmt':
      return mentioned(JSON.stringify(node['args']));
    default:
      return [];
  }
}

const both: readonly Timeout[] = ['lock_timeout', 'statement_timeout'];

function timeoutOf(name: unknown): Timeout | undefined {
  return both.find(each => each === text(name)?.toLowerCase());
}

function bySet(node: SyntaxNode): readonly Setting[] {
  const isLocal = node['is_local'] === true;
  if (node['kind'] === 'VAR_RESET_ALL') return both.map(name => ({name, isOn: false, isLocal}));
  const name = timeoutOf(node['name']);
  const isOn = node['kind'] === 'VAR_SET_VALUE' && isTime(list(node['args'])[0]);
  return name ? [{name, isOn, isLocal}] : [];
}

function byFunction(call: SyntaxNode): readonly Setting[] {
  if (names(call['funcname']).at(-1) !== 'set_config') return [];
  const [first, value, local] = list(call['args']);
  const name = timeoutOf(field(field(first, 'A_Const'), 'sval')['sval']);
  const isLocal = field(field(local, 'A_Const'), 'boolval')['boolval'] === true;
  return name ? [{name, isOn: isTime(value), isLocal}] : [];
}

function mentioned(code: string): readonly Setting[] {
  return both.filter(name => code.includes(name)).map(name => ({name, isOn: true, isLocal: false}));
}

/** A constant that begins with a digit other than 0; what is no constant may be anything. */
function isTime(value: SyntaxNode | undefined): boolean {
  const constant = field(value, 'A_Const');
  if ('ival' in constant) return Number(field(constant, 'ival')['ival'] ?? 0) > 0;
  const written = text(field(constant, 'sval')['sval']);
  return written === undefined ? value !== undefined : /[1-9]/.test(written);
}

/**
 * @returns the statement that sets a timeout at the beginning of the file: for its transaction only, so that nothing of it
 * stays with the connection; for the session where no transaction is around all of the file. Undefined where the file's
 * statement has to be the only one
 */
export function settingOf(name: Timeout, value: string, {file, statement}: Situation): string | undefined {
  const runsAlone = statement.kind === 'VacuumStmt' || statement.kind === 'ReindexStmt';
  if (runsAlone && file.tool.outside.how === 'alone') return undefined;
  const [first] = file.passages;
  const hasOwn = file.statements.some(({statement: other}) => other.kind === 'TransactionStmt');
  const isOne = first?.block !== undefined || (first?.sent === 'query' && file.passages.length === 1);
  return `SET ${isOne && !hasOwn ? 'LOCAL ' : ''}${name} = '${value}';`;
}

/** Which timeouts hold when a statement begins. */
export type Guarded = Readonly<Record<Timeout, boolean>>;

/** @returns for each statement what was set before it in the same session, or in its transaction */
export const guardsOf = onceFor(guardsIn);

function guardsIn(situations: readonly Situation[]): readonly Guarded[] {
  let session: Guarded = {lock_timeout: false, statement_timeout: false};
  let local: Partial<Guarded> = {};
  let block: number | undefined;
  return situations.map(({file, statement, index}) => {
    const placed = file.statements[index];
    if (placed?.block !== block || !placed?.inTransaction) local = {};
    block = placed?.block;
    const guarded = {...session, ...local};
    for (const {name, isOn, isLocal} of timeoutsSet(statement)) {
      if (isLocal) local = {...local, [name]: isOn};
      else session = {...session, [name]: isOn};
    }
    if (commits(statement) || rollsBack(statement)) local = {};
    return guarded;
  });
}
