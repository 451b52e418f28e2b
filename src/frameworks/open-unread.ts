import type {FrameworkId} from '../core/migrations/migration.ts';
import type {Parser} from '../core/sql/parser.ts';
import {createProject as createDbmate} from './dbmate/project.ts';
import {placeOfFolder as placeOfDbmate} from './dbmate/detect.ts';
import {createProject as createFlyway} from './flyway/project.ts';
import type {Project} from './framework.ts';
import {createProject as createGolangMigrate} from './golang-migrate/project.ts';
import {placeOfFolder as placeOfGoose} from './goose/detect.ts';
import {createProject as createGoose} from './goose/project.ts';
import {shippedRunner} from './node-pg-migrate/programs/shipped.ts';
import {createProject as createNodePgMigrate} from './node-pg-migrate/project.ts';
import {createProject as createPrisma} from './prisma/project.ts';

/**
 * Opens a folder of migrations for listing them where nobody trusts what is around it: nothing is executed, and no file
 * of connections is read.
 * @returns nothing for a tool whose history only its own program can tell
 */
export function openUnread(tool: FrameworkId, folder: string, parser: Parser): Project | undefined {
  switch (tool) {
    case 'golang-migrate':
      return createGolangMigrate(folder, parser);
    case 'dbmate':
      return createDbmate(placeOfDbmate(folder), parser, 'files');
    case 'goose':
      return createGoose(placeOfGoose(folder), parser, 'files');
    case 'flyway':
      return createFlyway(folder, parser);
    case 'prisma':
      return createPrisma(folder, parser);
    case 'node-pg-migrate': {
      const place = {folder, root: folder, raw: new Map(), files: [], problems: [], seenBy: 'files' as const};
      return createNodePgMigrate(place, parser, {runner: shippedRunner()});
    }
    case 'alembic':
      return undefined;
    default:
      return tool satisfies never;
  }
}
