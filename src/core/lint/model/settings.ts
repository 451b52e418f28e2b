import {field, list, names, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {Applying} from './applying.ts';
import type {State} from './state.ts';

/** SET search_path, SET LOCAL search_path, RESET and DISCARD ALL */
export function set({state, statement: {node}}: Applying): void {
  if (node['kind'] === 'VAR_RESET_ALL') return setPath(state, undefined, false);
  if (node['name'] !== 'search_path') return;
  const values = list(node['args']).flatMap(each => constantText(each) ?? []);
  const isValue = node['kind'] === 'VAR_SET_VALUE';
  setPath(state, isValue ? values : undefined, node['is_local'] === true);
}

/** @param path nothing for the default */
function setPath(state: State, path: readonly string[] | undefined, isLocal: boolean): void {
  const schemas = (path ?? state.defaultPath).filter(schema => schema !== '$user' && schema !== '');
  if (isLocal) state.localPath = schemas;
  else {
    state.sessionPath = schemas;
    state.localPath = undefined;
  }
}

/** `SELECT set_config('search_path', …)` */
export function setConfig({state}: Applying, node: SyntaxNode): void {
  for (const target of list(node['targetList'])) {
    const call = field(field(field(target, 'ResTarget'), 'val'), 'FuncCall');
    if (names(call['funcname']).at(-1) !== 'set_config') continue;
    const [name, value, isLocal] = list(call['args']);
    const path = constantText(value);
    if (constantText(name) !== 'search_path' || path === undefined) continue;
    const schemas = path.split(',').map(part => part.trim().replace(/^"(.*)"$/, '$1'));
    setPath(state, schemas, field(field(isLocal, 'A_Const'), 'boolval')['boolval'] === true);
  }
}

/** An empty string has no `sval` in the tree. */
function constantText(node: unknown): string | undefined {
  const constant = field(node, 'A_Const');
  return 'sval' in constant ? (text(field(constant, 'sval')['sval']) ?? '') : undefined;
}
