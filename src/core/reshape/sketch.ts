import type {Direction, Migration} from '../migrations/migration.ts';

/** A file that is not written yet. */
interface File {
  readonly path: string;
  readonly text: string;
}

/** A migration of files that are not written yet, with the text of each direction's file. */
export interface Sketch {
  readonly migration: Migration;
  readonly texts: Readonly<Partial<Record<Direction, string>>>;
}

/**
 * @param files that a tool would write, in order; lock files and their like are passed over
 * @returns the migrations that they will be, named by their files
 */
export function sketchesOf(files: readonly File[]): readonly Sketch[] {
  const ups = files.filter(({path}) => isMigration(path) && !isDown(path));
  return ups.map(({path, text}) => {
    const down = files.find(other => other.path === downOf(path));
    const [label = '', ...words] = stemOf(path).split(/[_-]+/);
    return {
      migration: {id: stemOf(path), label, title: words.join(' '), up: path, down: down?.path ?? path},
      texts: {up: text, down: down?.text ?? text},
    };
  });
}

function isMigration(path: string): boolean {
  return /\.(?:sql|py|[cm]?[jt]s)$/.test(path);
}

function isDown(path: string): boolean {
  return /\.down\.\w+$/.test(path);
}

function downOf(path: string): string {
  return path.replace(/\.up(\.\w+)$/, '.down$1');
}

/** Of the folder where the file has the same name in each. */
function stemOf(path: string): string {
  const [folder = '', name = ''] = path.split(/[\\/]/).slice(-2);
  return name === 'migration.sql' ? folder : name.replace(/(?:\.up)?\.\w+$/, '');
}
