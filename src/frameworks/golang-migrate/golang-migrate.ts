import type {Parser} from '../../core/sql/parser.ts';
import type {Framework} from '../framework.ts';
import {findFolders} from './detect.ts';
import {createProject} from './project.ts';

/** golang-migrate 4.19 (https://github.com/golang-migrate/migrate), with its own files, bookkeeping and locks. */
export function createGolangMigrate(parser: Parser): Framework {
  return {
    id: 'golang-migrate',
    name: 'golang-migrate',
    detect: async files => {
      const folders = await findFolders(files);
      return folders.map(folder => createProject(folder, parser));
    },
    open: async folder => createProject(folder, parser),
  };
}
