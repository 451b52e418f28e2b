import type {Parser} from '../../core/sql/parser.ts';
import type {Framework} from '../framework.ts';
import {findPlaces, placeAt} from './detect.ts';
import {createProject} from './project.ts';
import {shippedRunner} from './programs/shipped.ts';

/** node-pg-migrate 9 (https://github.com/salsita/node-pg-migrate), with its own files, bookkeeping and lock. */
export function createNodePgMigrate(parser: Parser, runner = shippedRunner()): Framework {
  return {
    id: 'node-pg-migrate',
    name: 'node-pg-migrate',
    detect: async files => {
      const places = await findPlaces(files);
      return places.map(place => createProject(place, parser, {runner}));
    },
    open: async (folder, files) => createProject(await placeAt(folder, files), parser, {runner}),
  };
}
