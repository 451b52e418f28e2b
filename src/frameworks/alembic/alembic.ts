import type {Parser} from '../../core/sql/parser.ts';
import type {Framework, ProjectOptions} from '../framework.ts';
import {environmentIn, findEnvironments} from './detect.ts';
import {createProject} from './project.ts';

/** @param folder of a project, absolute */
export type Settled = (folder: string) => ProjectOptions;

/**
 * Alembic 1.8 and later (https://alembic.sqlalchemy.org). Its history is read without executing Python; everything that
 * changes a database or a file is done by the project's own Alembic.
 * @param settled names the interpreter where no connection is asked for
 */
export function createAlembic(parser: Parser, settled?: Settled): Framework {
  return {
    id: 'alembic',
    name: 'Alembic',
    detect: async files => {
      const found = await findEnvironments(files);
      return found.map(environment => createProject(environment, parser, settled));
    },
    open: async (folder, files) => createProject(await environmentIn(folder, files), parser, settled),
  };
}
