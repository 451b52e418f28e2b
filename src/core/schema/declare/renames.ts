import {relationOf, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {SchemaKind} from '../objects.ts';
import {globalKey, keyIn, mention, partKey, type Mention, type Naming} from './mention.ts';
import {keysNamed} from './named.ts';
import {partsOf} from './tables.ts';

const relations: Readonly<Record<string, SchemaKind>> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_INDEX: 'index',
  OBJECT_SEQUENCE: 'sequence',
};

const partKinds: Readonly<Record<string, SchemaKind>> = {
  OBJECT_COLUMN: 'column',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_POLICY: 'policy',
  OBJECT_RULE: 'rule',
};

/** ALTER … RENAME TO and SET SCHEMA: what was said of the object before is said of it under its new name. */
export function renamed(naming: Naming, node: SyntaxNode): readonly Mention[] {
  const type = text(node['renameType']) ?? text(node['objectType']) ?? '';
  const relation = relationOf(node['relation']);
  const newName = text(node['newname']);
  const schema = text(node['newschema']);
  const part = partKinds[type];
  if (part && relation) {
    const old = partKey(naming, part, partsOf(relation), text(node['subname']));
    return moved(old, partKey(naming, part, partsOf(relation), newName));
  }
  const kind = relations[type];
  if (kind && relation) {
    const parts = [schema ?? relation.schema ?? naming.schema, newName ?? relation.name];
    return moved(keyIn(naming, kind, partsOf(relation)), keyIn(naming, kind, parts));
  }
  if (type === 'OBJECT_SCHEMA')
    return moved(globalKey('schema', text(node['subname'])), globalKey('schema', newName));
  return keysNamed(naming, type, node['object']).flatMap(key => moved(key, movedKey(key, newName, schema)));
}

function moved(key: string | undefined, to: string | undefined): readonly Mention[] {
  return to === undefined ? [] : mention('alter', key, {to});
}

/** Of types and functions, whose keys are the kind and a qualified name. */
function movedKey(key: string, name: string | undefined, schema: string | undefined): string | undefined {
  const found = /^(\S+) ("(?:[^"]|"")*"|[^."]+)\.([^]+)$/.exec(key);
  const [, kind, oldSchema, oldName] = found ?? [];
  if (kind === undefined || oldSchema === undefined || oldName === undefined) return undefined;
  const quoted = (text: string): string => globalKey('schema', text)?.slice('schema '.length) ?? text;
  return `${kind} ${schema === undefined ? oldSchema : quoted(schema)}.${name === undefined ? oldName : quoted(name)}`;
}
