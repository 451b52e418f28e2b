import type {Files} from '../core/files.ts';
import type {FrameworkId} from '../core/migrations/migration.ts';
import type {Parser} from '../core/sql/parser.ts';
import type {Framework, Project} from './framework.ts';
import {createAlembic, type Settled} from './alembic/alembic.ts';
import {createDbmate} from './dbmate/dbmate.ts';
import {createFlyway} from './flyway/flyway.ts';
import {createGolangMigrate} from './golang-migrate/golang-migrate.ts';
import {createGoose} from './goose/goose.ts';
import {createNodePgMigrate} from './node-pg-migrate/node-pg-migrate.ts';
import {shippedRunner} from './node-pg-migrate/programs/shipped.ts';
import {createPrisma} from './prisma/prisma.ts';

/** What frameworks need from outside. */
export interface FrameworkParts {
  readonly parser: Parser;
  /** Whether what configures a tool may be executed where it is a program; it may not when absent. */
  readonly mayExecute?: () => boolean;
  /** What the user's settings say for a folder, where no connection is asked for; nothing when absent. */
  readonly settled?: Settled;
}

/** @returns every migration tool that is spoken; add a new one here and to the contract suite. */
export function createFrameworks({parser, mayExecute, settled}: FrameworkParts): readonly Framework[] {
  return [
    createGolangMigrate(parser),
    createNodePgMigrate(parser, shippedRunner(), mayExecute),
    createPrisma(parser),
    createFlyway(parser),
    createDbmate(parser),
    createGoose(parser),
    createAlembic(parser, settled),
  ];
}

/**
 * Finds the projects of all frameworks, in order of framework and folder. A folder that two of them see belongs to the
 * surer one.
 * @param chosen the user's own word: for an absolute folder the framework, or `none`
 */
export async function detectProjects(
  frameworks: readonly Framework[],
  files: Files,
  chosen: ReadonlyMap<string, FrameworkId | 'none'> = new Map(),
): Promise<readonly Project[]> {
  const found = await Promise.all(frameworks.map(framework => framework.detect(files)));
  const opened = frameworks.flatMap(framework =>
    [...chosen]
      .filter(([, id]) => id === framework.id)
      .map(async ([folder]) => ({...(await framework.open(folder, files)), seenBy: 'setting' as const})),
  );
  const seen = found.flat().filter(({folder}) => !chosen.has(folder));
  return [...surest(seen), ...(await Promise.all(opened))];
}

const certainty = ['files', 'configuration', 'setting'];

function surest(seen: readonly Project[]): readonly Project[] {
  const rank = ({seenBy}: Project): number => certainty.indexOf(seenBy);
  return seen.filter(
    (project, index) =>
      !seen.some(
        (other, place) =>
          other !== project &&
          other.folder === project.folder &&
          (rank(other) > rank(project) || (rank(other) === rank(project) && place < index)),
      ),
  );
}
