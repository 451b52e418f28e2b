import type {Parser} from '../../core/sql/parser.ts';
import type {Framework} from '../framework.ts';
import {findFolders} from './detect.ts';
import {createProject} from './project.ts';

/** Prisma Migrate up to Prisma 7 (https://www.prisma.io/docs/orm/prisma-migrate), with its own table and lock. */
export function createPrisma(parser: Parser): Framework {
  return {
    id: 'prisma',
    name: 'Prisma',
    detect: async files => {
      const folders = await findFolders(files);
      return folders.map(folder => createProject(folder, parser));
    },
    open: async folder => createProject(folder, parser),
  };
}
