import {alembicCommands} from './alembic/alembic-commands.ts';
import type {Handlers} from './commands/commands.ts';
import {Explain} from './explain/explain.ts';
import {Health} from './health/health.ts';
import {Lint} from './lint/lint.ts';
import type {Parts} from './parts.ts';
import {Playground} from './playground/playground.ts';
import {Rehearsals} from './rehearse/rehearsals.ts';
import {Schemas} from './schema/schemas.ts';
import {sqliteCommands} from './sqlite/sqlite-commands.ts';

type Keep = <T extends {dispose(): void}>(part: T) => T;

/**
 * Makes what stands on the parts. Each loads what is heavy on first use.
 * @param keep ends a feature with the extension
 * @returns the commands of all
 */
export function featureCommands(
  parts: Parts,
  keep: Keep,
): Handlers<'alembic'> &
  Handlers<'sqlite'> &
  Handlers<'playground'> &
  Handlers<'explain'> &
  Handlers<'rehearse'> &
  Handlers<'schema'> &
  Handlers<'lint'> &
  Handlers<'health'> {
  return {
    ...alembicCommands(parts),
    ...sqliteCommands(parts),
    ...keep(new Playground(parts)).commands(),
    ...keep(new Explain(parts)).commands(),
    ...keep(new Rehearsals(parts)).commands(),
    ...keep(new Schemas(parts)).commands(),
    ...keep(new Lint(parts)).commands(),
    ...keep(new Health(parts)).commands(),
  };
}
