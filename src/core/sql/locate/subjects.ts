import {nodesOf} from '../../explain/syntax-tree.ts';
import {field, list, names, text} from '../objects.ts';
import type {Statement} from '../parser.ts';

/**
 * @returns names that a statement acts on, each in the form in which a server would say it without quotes: what it
 * drops, the columns and constraints that its parts name, the functions that it calls
 */
export function subjectsOf({kind, node}: Statement): readonly string[] {
  const dropped = kind === 'DropStmt' ? list(node['objects']).map(nameOfObject) : [];
  const parts = list(node['cmds']).map(each => text(field(each, 'AlterTableCmd')['name']));
  const called = nodesOf({[kind]: node}).filter(each => each.kind === 'FuncCall');
  const relations = nodesOf({[kind]: node}).map(each =>
    each.kind === 'RangeVar' ? text(each.node['relname']) : undefined,
  );
  const functions = [
    ...called.map(each => each.node['funcname']),
    node['funcname'],
    field(node, 'funccall')['funcname'],
  ];
  return [
    ...dropped,
    ...parts,
    ...functions.map(each => names(each).at(-1)),
    text(node['subname']),
    text(node['extname']),
    ...relations,
  ].flatMap(name => name ?? []);
}

function nameOfObject(object: unknown): string | undefined {
  const node = field(object, 'List');
  const lists = [
    names(node['items']),
    names(field(object, 'TypeName')['names']),
    names(field(object, 'ObjectWithArgs')['objname']),
    text(field(object, 'String')['sval']) ?? [],
  ];
  return lists.flat().at(-1);
}

/** @returns the first of the names that a text says as a word of its own */
export function firstSaid(said: string, subjects: readonly string[]): string | undefined {
  return subjects.find(name => says(said, name));
}

function says(said: string, name: string): boolean {
  for (let at = said.indexOf(name); at >= 0; at = said.indexOf(name, at + 1))
    if (!isWord(said[at - 1]) && !isWord(said[at + name.length])) return true;
  return false;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\w$]/.test(character);
}
