import {fileNameOf, passageAt} from './passage.ts';
import type {Tool} from './tool.ts';

/** A script is one query: several statements are a transaction, and a single one is in none. */
export const prismaTool: Tool = {
  id: 'prisma',
  name: 'Prisma',
  recognises: ({path}) => fileNameOf(path) === 'migration.sql',
  passages: ({text}) => [
    passageAt(text, {start: 0, end: text.length}, 'up', {sent: 'query', dialect: {placeholders: []}}),
  ],
  outside: {how: 'alone'},
  undo: 'none',
};
