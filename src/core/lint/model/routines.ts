import {field, list, names, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {listedName, madeAt, newName, type Applying} from './applying.ts';
import type {Routine} from './state.ts';
import {keyOf} from './table.ts';
import {typeText} from './types.ts';

/** CREATE FUNCTION and CREATE PROCEDURE; OR REPLACE makes it anew. */
export function createRoutine(applying: Applying): void {
  const {state, statement} = applying;
  const name = listedName(statement.node['funcname']);
  if (!name) return;
  const full = newName(applying, name);
  const takes = list(statement.node['parameters'])
    .map(each => field(each, 'FunctionParameter'))
    .filter(({mode}) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE')
    .map(each => typeText(state, field(each, 'argType')))
    .join(', ');
  const routine: Routine = {
    ...full,
    takes,
    ...natureOf(statement.node),
    ...madeAt(applying, routinePlace(applying)),
  };
  const others = (state.routines.get(keyOf(full)) ?? []).filter(each => each.takes !== takes);
  state.routines.set(keyOf(full), [...others, routine]);
}

function natureOf({options}: SyntaxNode): Pick<Routine, 'language' | 'volatility'> {
  const values = new Map(
    list(options)
      .map(each => field(each, 'DefElem'))
      .map(({defname, arg}) => [defname, names([arg])[0]] as const),
  );
  const language = values.get('language')?.toLowerCase();
  const volatility = volatilities.find(each => each === values.get('volatility'));
  return {...(language === undefined ? {} : {language}), ...(volatility ? {volatility} : {})};
}

const volatilities = ['immutable', 'stable', 'volatile'] as const;

/** The tree does not say where the name is: it stands before the first parenthesis. */
function routinePlace({statement}: Applying): {readonly start: number; readonly end: number} {
  const word = statement.find('FUNCTION') ?? statement.find('PROCEDURE');
  const next = statement.words.find(({start}) => word !== undefined && start >= word.end);
  const open = statement.words.findIndex(({text: word}) => word === '(');
  const last = statement.words[open - 1];
  return next && last ? {start: next.start, end: last.end} : statement.whole;
}

/** Without its arguments a name means the only one of that name. */
export function dropRoutine({state}: Applying, object: SyntaxNode): void {
  const node = field(object, 'ObjectWithArgs');
  const name = listedName(node['objname']);
  const full = name && state.locate(name, key => state.routines.has(key));
  if (!full) return;
  const takes = argumentsOf(state, node);
  const left = (state.routines.get(keyOf(full)) ?? []).filter(
    each => takes !== undefined && each.takes !== takes,
  );
  if (left.length > 0) state.routines.set(keyOf(full), left);
  else state.routines.delete(keyOf(full));
  if (left.length === 0) dropTriggersOf(state, full);
}

export function argumentsOf(state: Applying['state'], node: SyntaxNode): string | undefined {
  if (node['args_unspecified'] === true) return undefined;
  return list(node['objargs'])
    .map(each => typeText(state, field(each, 'TypeName')))
    .join(', ');
}

function dropTriggersOf(state: Applying['state'], routine: QualifiedName): void {
  for (const table of state.relations.values()) {
    const uses = [...table.triggerUses].filter(
      ([, {routine: of}]) => !(of.name === routine.name && of.schema === routine.schema),
    );
    if (uses.length === table.triggerUses.size) continue;
    const triggerUses = new Map(uses);
    state.put({...table, triggers: table.triggers.filter(name => triggerUses.has(name)), triggerUses});
  }
}
