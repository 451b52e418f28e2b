import type {HistoryProblem, Migration} from '../migrations/migration.ts';

/**
 * The tool compares what was run with the files, one by one, and runs nothing where they differ.
 * @param recorded the names that the bookkeeping has, in the order in which they were run
 * @returns the first difference; nothing where the tool would go on
 * Source: https://github.com/salsita/node-pg-migrate/blob/main/src/runner.ts, `checkOrder`
 */
export function orderProblem(
  recorded: readonly string[],
  history: readonly Migration[],
): HistoryProblem | undefined {
  const index = recorded.slice(0, history.length).findIndex((name, place) => name !== history[place]?.id);
  const [run, expected] = [recorded[index], history[index]];
  if (index < 0 || run === undefined || expected === undefined) return undefined;
  return {
    kind: 'other',
    id: expected.id,
    paths: expected.up === undefined ? [] : [expected.up],
    refused: true,
    words: words(run, expected, history, recorded),
  };
}

function words(
  run: string,
  {id}: Migration,
  history: readonly Migration[],
  recorded: readonly string[],
): string {
  const stops = 'node-pg-migrate checks the order and runs nothing, up or down.';
  if (!history.some(migration => migration.id === run))
    return `${run} was run in the place where the files have ${id}, and has no file any more. ${stops} Get its file back (from another branch?).`;
  if (recorded.includes(id))
    return `${id} and ${run} were run in another order than that of their files. ${stops} Rename a file, or switch check-order off.`;
  return `${id} has not been run, but its place is before ${run}, which has. ${stops} Rename ${id} so that it comes last, or switch check-order off.`;
}
