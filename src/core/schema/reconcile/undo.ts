import type {ReconcilingStatement} from '../reconciliation.ts';

/**
 * @param files the statements of each migration
 * @param down those of the whole way back
 * @returns for each migration the statements that undo it and nothing else
 */
export function undoOf(
  files: readonly (readonly ReconcilingStatement[])[],
  down: readonly ReconcilingStatement[],
): readonly (readonly ReconcilingStatement[])[] {
  const places = placesOf(files);
  const undone: ReconcilingStatement[][] = files.map(() => []);
  let last = files.length - 1;
  for (const statement of down) {
    const place = takePlace(statement, places);
    if (place === 'undone') continue;
    last = place ?? last;
    undone[last]?.push(statement);
  }
  return files.map((file, at) => standAlone(withOwn(file, undone[at] ?? [])));
}

/** What one statement undoes of itself comes after all is undone that was done after it. */
function withOwn(
  file: readonly ReconcilingStatement[],
  back: readonly ReconcilingStatement[],
): readonly ReconcilingStatement[] {
  if (file.every(({undo}) => !undo)) return back;
  const done = new Map<string, number>();
  for (const [at, {about, undo}] of file.entries()) if (!undo) for (const key of about) done.set(key, at);
  const later = (statement: ReconcilingStatement, at: number): boolean =>
    statement.about.some(key => (done.get(key) ?? -1) > at);
  const places = file.map(({undo}, at) =>
    undo ? back.findLastIndex(statement => later(statement, at)) : -1,
  );
  const ownAt = (place: number): readonly ReconcilingStatement[] =>
    file
      .flatMap((statement, at) => (places[at] === place ? [statement] : []))
      .toReversed()
      .flatMap(ownUndo);
  return [...ownAt(-1), ...back.flatMap((statement, at) => [statement, ...ownAt(at)])];
}

interface Places {
  /** By key, the migrations that work on the object: the last one is the first to be undone. */
  readonly open: Map<string, number[]>;
  /** Keys of which all statements say themselves how to undo them. */
  readonly undone: ReadonlySet<string>;
  /** Keys of what is made by statements that say themselves how to undo them, so that nothing has to drop it. */
  readonly made: ReadonlySet<string>;
}

function placesOf(files: readonly (readonly ReconcilingStatement[])[]): Places {
  const open = new Map<string, number[]>();
  const seen = new Set<string>();
  for (const [at, file] of files.entries())
    for (const {about, undo} of file)
      for (const key of about) {
        seen.add(key);
        if (undo) continue;
        const known = open.get(key) ?? [];
        if (known.at(-1) !== at) open.set(key, [...known, at]);
      }
  const statements = files.flat();
  const making = statements.filter(({drops, apart}) => !drops && !apart);
  const made = new Set(making.flatMap(({undo, about}) => (undo ? about : [])));
  for (const {undo, about} of making) if (!undo) for (const key of about) made.delete(key);
  return {open, made, undone: new Set([...seen].filter(key => !open.has(key)))};
}

/** What was done last to an object is undone by the first statement about it. */
function takePlace(
  {about, drops}: ReconcilingStatement,
  {open, undone, made}: Places,
): number | 'undone' | undefined {
  if (drops && about.every(key => made.has(key))) return 'undone';
  const key = about.find(key => open.has(key));
  if (key === undefined) return about.some(key => undone.has(key)) ? 'undone' : undefined;
  const left = open.get(key) ?? [];
  if (left.length > 1) open.set(key, left.slice(0, -1));
  return left.at(-1);
}

function ownUndo({undo = [], about}: ReconcilingStatement): readonly ReconcilingStatement[] {
  return undo.map(sql => ({sql, transaction: concurrently.test(sql) ? 'outside' : 'inside', about}));
}

/** Where several statements stand in one migration, none can be refused in a transaction. */
function standAlone(statements: readonly ReconcilingStatement[]): readonly ReconcilingStatement[] {
  if (statements.length < 2) return statements;
  return statements.map(statement => ({
    ...statement,
    sql: statement.plain ?? statement.sql.replace(concurrently, '$1'),
    transaction: 'inside',
  }));
}

const concurrently = /^(DROP INDEX|CREATE INDEX|CREATE UNIQUE INDEX|REINDEX INDEX) CONCURRENTLY/;
