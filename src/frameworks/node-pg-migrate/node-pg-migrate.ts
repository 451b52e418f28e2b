import type {Parser} from '../../core/sql/parser.ts';
import type {Framework} from '../framework.ts';
import {findPlaces, placeAt} from './detect.ts';
import {createConfigReader} from './programs/read-config.ts';
import {createProject} from './project.ts';
import {shippedRunner} from './programs/shipped.ts';

/**
 * node-pg-migrate 9 (https://github.com/salsita/node-pg-migrate), with its own files, bookkeeping and lock.
 * @param mayExecute whether a configuration that is a program may be executed, asked each time
 */
export function createNodePgMigrate(
  parser: Parser,
  runner = shippedRunner(),
  mayExecute = (): boolean => false,
): Framework {
  const read = createConfigReader({runner});
  const readConfig = (): typeof read | undefined => (mayExecute() ? read : undefined);
  return {
    id: 'node-pg-migrate',
    name: 'node-pg-migrate',
    detect: async files => {
      const places = await findPlaces(files, readConfig());
      return places.map(place => createProject(place, parser, {runner}));
    },
    open: async (folder, files) =>
      createProject(await placeAt(folder, files, readConfig()), parser, {runner}),
  };
}
