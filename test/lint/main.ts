import {kinds, readCorpus} from './corpus-files.ts';
import {differences, judge, measure, type Verdict} from './corpus.ts';

/** Prints how much of what operators expect the rules find, and each difference with its place. */
const files = await readCorpus();
const verdicts: Verdict[] = [];
for (const file of files) verdicts.push(await judge(file, files));

for (const line of verdicts.flatMap(differences)) console.log(line);
console.table(
  Object.fromEntries(
    [...kinds, 'all'].map(kind => [
      kind,
      rowOf(verdicts.filter(({file}) => kind === 'all' || file.kind === kind)),
    ]),
  ),
);

function rowOf(some: readonly Verdict[]): Record<string, string | number> {
  const {files: count, expected, found, exact, surplus, information} = measure(some);
  const share = (part: number, whole: number): string =>
    `${((100 * part) / Math.max(whole, 1)).toFixed(1)} %`;
  return {
    files: count,
    expected,
    found,
    recall: share(found, expected),
    'exact range': share(exact, found),
    'false positives': surplus,
    'information per file': Number(information.toFixed(2)),
  };
}
