import type {Direction} from '../../migrations/migration.ts';
import {fileNameOf, passageAt, wholeOf} from './passage.ts';
import type {Tool} from './tool.ts';

/** Files that no tool is known to run: statements one after the other, as `psql` sends them. */
export const sqlTool: Tool = {
  id: 'sql',
  name: 'psql',
  recognises: ({path}) => /\.(?:sql|psql|pgsql)$/i.test(path),
  passages: ({path, text}) => [passageAt(text, wholeOf(text), directionOf(path), {sent: 'each'})],
  outside: {how: 'marker', edits: () => []},
  undo: 'none',
};

const words = /(?:^|[._\-/\\])(?:down|undo|rollback|revert|downgrade)(?=[._\-/\\])/i;

function directionOf(path: string): Direction {
  const folder = path.slice(0, -fileNameOf(path).length).split(/[/\\]/).at(-2) ?? '';
  return words.test(`${folder}/${fileNameOf(path)}`) ? 'down' : 'up';
}
