import type {Parser} from '../../core/sql/parser.ts';
import type {Framework} from '../framework.ts';
import {environmentIn, findEnvironments} from './detect.ts';
import {createProject} from './project.ts';

/**
 * Alembic 1.8 and later (https://alembic.sqlalchemy.org). Its history is read without executing Python; everything that
 * changes a database or a file is done by the project's own Alembic.
 */
export function createAlembic(parser: Parser): Framework {
  return {
    id: 'alembic',
    name: 'Alembic',
    detect: async files => {
      const found = await findEnvironments(files);
      return found.map(environment => createProject(environment, parser));
    },
    open: async (folder, files) => createProject(await environmentIn(folder, files), parser),
  };
}
