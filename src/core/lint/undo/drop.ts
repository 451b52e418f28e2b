import {field, list, names, qualified, written, type QualifiedName} from '../../sql/objects.ts';
import {nameOfFile} from '../rules/support/history-place.ts';
import {indexStatement, tableStatements} from './definitions.ts';
import {note, sql, type Done, type Undo} from './parts.ts';

/** DROP: what is known is made again, of the rest is said where it was made. */
export function undoDrop(done: Done): readonly Undo[] {
  const {node, command} = done.statement;
  return list(node['objects'])
    .toReversed()
    .flatMap(object => {
      const name = qualified(partsOf(object));
      return name ? undoOne(done, name, command.replace(/^DROP /, '').toLowerCase()) : [];
    });
}

function partsOf(object: unknown): readonly string[] {
  return [
    ...names(field(object, 'List')['items']),
    ...names(field(object, 'TypeName')['names']),
    ...names(field(object, 'ObjectWithArgs')['objname']),
    ...names(list([object])),
  ];
}

function undoOne({statement: {node}, before}: Done, name: QualifiedName, kind: string): readonly Undo[] {
  const isTolerant = node['missing_ok'] === true;
  switch (node['removeType']) {
    case 'OBJECT_TABLE': {
      const relation = before.relation(name);
      if (!relation) return isTolerant ? [] : [lost(kind, name)];
      const statements = tableStatements(relation);
      const gone = note(`The rows of ${written(name)} are not brought back.`);
      return statements ? [gone, ...statements.map(sql)] : [lost(kind, name, relation.made?.path)];
    }
    case 'OBJECT_INDEX': {
      const found = before.index(name);
      if (!found) return isTolerant ? [] : [lost(kind, name)];
      const {schema, name: table} = found.relation;
      const of = name.schema === undefined ? {name: table} : {schema, name: table};
      const statement = indexStatement(
        found.index,
        of,
        node['concurrent'] === true ? 'concurrently' : 'plain',
      );
      return [statement === undefined ? lost('index', name, found.index.made?.path) : sql(statement)];
    }
    case 'OBJECT_TYPE': {
      const type = before.type(name);
      return type?.kind === 'enum'
        ? [sql(`CREATE TYPE ${written(name)} AS ENUM (${type.values.map(literal).join(', ')})`)]
        : [lost(kind, name, type?.made?.path)];
    }
    case 'OBJECT_SCHEMA':
      return [sql(`CREATE SCHEMA ${written(name)}`)];
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
      return [lost(kind, name, before.routines(name)[0]?.path)];
    default:
      return [lost(kind, name, before.relation(name)?.made?.path)];
  }
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function lost(kind: string, name: QualifiedName, path?: string): Undo {
  return note(
    path === undefined
      ? `Not brought back: ${kind} ${written(name)}.`
      : `Not brought back: ${kind} ${written(name)}, which ${nameOfFile(path)} makes.`,
  );
}
