import type {Parser} from '../../core/sql/parser.ts';
import type {Framework} from '../framework.ts';
import {findPlaces, placeOfFolder} from './detect.ts';
import {createProject} from './project.ts';

/** dbmate 2.36 (https://github.com/amacneil/dbmate), with its own files, bookkeeping and schema file. */
export function createDbmate(parser: Parser): Framework {
  return {
    id: 'dbmate',
    name: 'dbmate',
    detect: async files => {
      const found = await findPlaces(files);
      return found.map(({place, seenBy}) => createProject(place, parser, seenBy));
    },
    open: async (folder, files) => {
      const found = await findPlaces(files);
      const known = found.find(({place}) => place.folders[0] === folder)?.place;
      return createProject(known ?? placeOfFolder(folder), parser, 'setting');
    },
  };
}
