import {field, list, names, qualified, written} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {LintStatement} from '../statement.ts';
import {printedType} from '../model/type-names.ts';
import {nameOfFile} from '../rules/support/history-place.ts';
import {note, sql, type Done, type Undo} from './parts.ts';

/** CREATE FUNCTION and CREATE PROCEDURE. One that was there before cannot be told from here. */
export function undoFunction({statement, before}: Done): readonly Undo[] {
  const {node} = statement;
  const name = qualified(names(node['funcname']));
  if (!name) return [];
  const [known] = before.routines(name);
  if (node['replace'] === true && known)
    return [note(`Bring back ${written(name)}() as ${nameOfFile(known.path)} has it.`)];
  const kind = node['is_procedure'] === true ? 'PROCEDURE' : 'FUNCTION';
  return [sql(`DROP ${kind} ${written(name)}(${argumentsOf(statement)})`)];
}

/** What identifies it: the types of what goes in. */
function argumentsOf({node}: LintStatement): string {
  return list(node['parameters'])
    .map(each => field(each, 'FunctionParameter'))
    .filter(({mode}) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE')
    .map(parameter => typeOf(parameter))
    .join(', ');
}

function typeOf(parameter: SyntaxNode): string {
  const variadic = parameter['mode'] === 'FUNC_PARAM_VARIADIC' ? 'VARIADIC ' : '';
  return `${variadic}${printedType(field(parameter, 'argType'))}`;
}
