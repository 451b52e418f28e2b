import {absent, present, type Effect} from './effect.ts';
import {field, list, relationOf, text, type QualifiedName} from './objects.ts';
import type {SyntaxNode} from './parser.ts';

/** @returns what an ALTER TABLE does, one effect for each of its parts that the catalog can show. */
export function alterations(node: SyntaxNode): readonly Effect[] {
  const table = relationOf(node['relation']);
  if (table === undefined) return [];
  return list(node['cmds']).flatMap(command => alteration(table, field(command, 'AlterTableCmd')));
}

function alteration(table: QualifiedName, command: SyntaxNode): readonly Effect[] {
  const name = text(command['name']);
  const tolerant = command['missing_ok'] === true;
  switch (command['subtype']) {
    case 'AT_AddColumn': {
      const column = text(field(command['def'], 'ColumnDef')['colname']);
      return column === undefined ? [] : present({kind: 'column', table, name: column}, tolerant);
    }
    case 'AT_DropColumn':
      return name === undefined ? [] : absent({kind: 'column', table, name}, tolerant);
    case 'AT_AddConstraint': {
      const constraint = text(field(command['def'], 'Constraint')['conname']);
      return constraint === undefined ? [] : present({kind: 'constraint', table, name: constraint});
    }
    case 'AT_DropConstraint':
      return name === undefined ? [] : absent({kind: 'constraint', table, name}, tolerant);
    // Both succeed as well when it was so before.
    case 'AT_SetNotNull':
      return name === undefined ? [] : present({kind: 'not null', table, name}, true);
    case 'AT_DropNotNull':
      return name === undefined ? [] : absent({kind: 'not null', table, name}, true);
    case 'AT_EnableRowSecurity':
      return present({kind: 'row security', table}, true);
    case 'AT_DisableRowSecurity':
      return absent({kind: 'row security', table}, true);
    default:
      return [];
  }
}
