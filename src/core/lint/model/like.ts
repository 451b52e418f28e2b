import {field} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import {rangeName, type Applying} from './applying.ts';
import {ownSequence} from './columns.ts';
import {addIndex, planFrom} from './indexes.ts';
import {putConstraint} from './parts.ts';
import type {FullName, TableColumn} from './table.ts';

/** What LIKE copies beside names, types and NOT NULL. Source: `TableLikeOption` in src/include/nodes/parsenodes.h */
const options = {
  constraints: 1 << 2,
  defaults: 1 << 3,
  generated: 1 << 4,
  identity: 1 << 5,
  indexes: 1 << 6,
} as const;

function copies(like: SyntaxNode, option: keyof typeof options): boolean {
  return (Number(like['options'] ?? 0) & options[option]) !== 0;
}

/** @returns the columns that `LIKE` in a CREATE TABLE stands for, and whether they are known */
export function likeColumns(
  applying: Applying,
  of: FullName,
  like: SyntaxNode,
): {readonly columns: readonly TableColumn[]; readonly isKnown: boolean} {
  const name = rangeName(field(like, 'relation'));
  const source = name && applying.state.table(name);
  const columns = [...(source?.columns.values() ?? [])].map(column => copyOf(applying, of, like, column));
  return {columns, isKnown: source?.complete === true};
}

function copyOf(applying: Applying, of: FullName, like: SyntaxNode, column: TableColumn): TableColumn {
  const {name, type, notNull, default: value, generated, expression, uses, identity, made} = column;
  const keepsIdentity = identity !== undefined && copies(like, 'identity');
  if (keepsIdentity) ownSequence(applying, of, name);
  return {
    name,
    type,
    notNull,
    local: true,
    ...(value !== undefined && copies(like, 'defaults') ? {default: value} : {}),
    ...(generated && copies(like, 'generated')
      ? {generated, ...(expression === undefined ? {} : {expression}), ...(uses ? {uses} : {})}
      : {}),
    ...(keepsIdentity ? {identity} : {}),
    ...(made ? {made} : {}),
  };
}

/** CHECK constraints keep their names, indexes get names of their own. */
export function likeParts(applying: Applying, of: FullName, like: SyntaxNode): void {
  const name = rangeName(field(like, 'relation'));
  const source = name && applying.state.table(name);
  if (!source) return;
  for (const constraint of source.constraints.values()) {
    const {parent: _parent, ...rest} = constraint;
    const isCopied =
      constraint.kind === 'not null' || (constraint.kind === 'check' && copies(like, 'constraints'));
    if (isCopied) putConstraint(applying, of, {...rest, local: true});
  }
  if (copies(like, 'indexes'))
    for (const index of source.indexes.values()) addIndex(applying, of, planFrom(source, index));
}
