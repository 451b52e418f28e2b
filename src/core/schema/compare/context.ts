import type {Parser} from '../../sql/parser.ts';
import type {SchemaSnapshot} from '../objects.ts';
import type {CompareOptions} from './options.ts';
import {rolesOf, type Roles} from './roles.ts';
import {versionsOf, type Versions} from './versions.ts';

/** What the steps of one comparison share. */
export interface Context {
  readonly parser: Parser;
  readonly expected: SchemaSnapshot;
  readonly live: SchemaSnapshot;
  readonly options: CompareOptions;
  readonly roles: Roles;
  readonly versions: Versions;
}

export function contextOf(
  parser: Parser,
  expected: SchemaSnapshot,
  live: SchemaSnapshot,
  options: CompareOptions,
): Context {
  return {
    parser,
    expected,
    live,
    options,
    roles: rolesOf(expected, live, options),
    versions: versionsOf(expected, live),
  };
}
