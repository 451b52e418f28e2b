import type {Parser} from '../../core/sql/parser.ts';
import type {Framework} from '../framework.ts';
import {findPlaces, placeOfFolder} from './detect.ts';
import {createProject} from './project.ts';

/** goose 3.27 (https://github.com/pressly/goose), with its own files and bookkeeping. */
export function createGoose(parser: Parser): Framework {
  return {
    id: 'goose',
    name: 'goose',
    detect: async files => {
      const found = await findPlaces(files);
      return found.map(({place, seenBy}) => createProject(place, parser, seenBy));
    },
    open: async (folder, files) => {
      const found = await findPlaces(files);
      const known = found.find(({place}) => place.folder === folder)?.place;
      return createProject(known ?? placeOfFolder(folder), parser, 'setting');
    },
  };
}
