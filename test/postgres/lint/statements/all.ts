import {code} from './code.ts';
import {columns} from './columns.ts';
import {constraints} from './constraints.ts';
import type {StatementGroup} from './group.ts';
import {rest} from './rest.ts';
import {tables} from './tables.ts';

/** All kinds of statements that lock, and for comparison some that do not. */
export const statementGroups: readonly StatementGroup[] = [
  ...tables,
  ...columns,
  ...constraints,
  ...code,
  ...rest,
];
