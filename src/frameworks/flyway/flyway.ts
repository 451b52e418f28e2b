import type {Parser} from '../../core/sql/parser.ts';
import type {Framework} from '../framework.ts';
import {findFolders} from './detect.ts';
import {createProject} from './project.ts';

/** Flyway Community (https://github.com/flyway/flyway), with its own names, schema history and lock. */
export function createFlyway(parser: Parser): Framework {
  return {
    id: 'flyway',
    name: 'Flyway',
    detect: async files => {
      const seen = await findFolders(files);
      return seen.map(({folder, configured}) =>
        createProject(folder, parser, configured ? 'configuration' : 'files'),
      );
    },
    open: async folder => createProject(folder, parser),
  };
}
