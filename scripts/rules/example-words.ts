import type {FileHistory} from '../../src/core/lint/file.ts';
import type {Finding} from '../../src/core/lint/finding.ts';
import type {Example, ExampleWorld, Rule} from '../../src/core/lint/rule.ts';
import {fixedBy, lintExample, unmarked} from './run-example.ts';

/** What several examples of a page stand on, so that it is printed once. */
export function commonHistory(examples: readonly Example[]): string | undefined {
  const counts = new Map<string, number>();
  for (const {history} of examples)
    if (history !== undefined) counts.set(history, (counts.get(history) ?? 0) + 1);
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return most && most[1] > 2 ? most[0] : undefined;
}

/** @returns what the examples of a page begin with, where they share it */
export function commonWords(common: string | undefined): string {
  return common === undefined
    ? ''
    : `The examples stand on these earlier migrations, unless they say something else.\n\n${code(lines(common))}`;
}

/** @returns an example that fires: with what is said below the place that is meant, and what its fix makes of it */
export async function firingExample(rule: Rule, example: Example, common?: string): Promise<string> {
  const {text, findings} = await lintExample(rule, example);
  const fix = findings[0]?.fixes[0];
  const fixed = fix && example.fixed !== undefined ? `\n\n${fix.title}:\n\n${code(fixedBy(text, fix))}` : '';
  const offers = fix && fixed === '' ? `\n\nThe fix: ${fix.title}.` : '';
  const shown = around(example, pointed(text, findings, rule), common);
  return `${heading(example, common)}\n\n${code(shown)}${fixed}${offers}`;
}

/** @returns an example in which nothing is said */
export function silentExample(example: Example, common?: string): string {
  return `${heading(example, common)}\n\n${code(around(example, unmarked(example.sql).text, common))}`;
}

function heading(example: Example, common: string | undefined): string {
  const name = example.name.charAt(0).toUpperCase() + example.name.slice(1);
  const words = [
    ...(common !== undefined && example.history === undefined ? ['no earlier migrations'] : []),
    ...worldWords(example),
  ];
  return `**${name}**${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
}

function worldWords({direction, transaction, major, rows, file}: ExampleWorld): readonly string[] {
  return [
    direction === 'down' ? 'a down file' : '',
    transaction === 'none' ? 'each statement by itself' : '',
    major === undefined ? '' : `PostgreSQL ${major}`,
    ...Object.entries(rows ?? {}).map(([name, count]) => `${count.toLocaleString('en')} rows in \`${name}\``),
    file?.state === 'applied' ? 'applied already' : '',
    ...placeWords(file?.history),
  ].filter(words => words !== '');
}

function placeWords(place: FileHistory = {}): readonly string[] {
  const {label, duplicates = [], neverRuns, gapAfter, editedAfterApply} = place;
  return [
    label === undefined ? '' : `version ${label}`,
    duplicates.length === 0 ? '' : `beside \`${duplicates.map(fileName).join('`, `')}\``,
    neverRuns ? `the database is at ${neverRuns.behind}` : '',
    gapAfter === undefined ? '' : `the one before is ${gapAfter}`,
    editedAfterApply ? `as ${editedAfterApply.by === 'git' ? 'Git' : 'its checksum'} tells` : '',
  ];
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function code(sql: string): string {
  return `\`\`\`sql\n${sql.trim()}\n\`\`\``;
}

/** The file among what was there before it, the file of the other direction, and what comes later. */
function around(world: ExampleWorld, file: string, common: string | undefined): string {
  const {history, target, counterpart, later, direction = 'up'} = world;
  const isDown = direction === 'down';
  const part = (title: string, sql: string | undefined): readonly string[] =>
    sql === undefined ? [] : [`-- ${title}\n${lines(sql)}`];
  const before = [
    ...part('only on the target', target),
    ...part('earlier migrations', history === common ? undefined : history),
    ...part('the up file', isDown ? counterpart : undefined),
  ];
  const after = [
    ...part('the down file', isDown ? undefined : counterpart),
    ...part('later migrations', later),
  ];
  if (before.length + after.length === 0) return file;
  const own = isDown ? '-- the down file' : '-- this migration';
  return [...before, `${own}\n${file.trim()}`, ...after].join('\n\n');
}

/** A line for each statement: at the semicolons that no string holds. */
function lines(sql: string): string {
  const text = sql.trim();
  const split = text
    .split(/('(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\2\$)/)
    .filter((_, at) => at % 3 !== 2)
    .map((piece, at) => (at % 2 === 0 ? piece.replaceAll(/;\s+/g, ';\n') : piece))
    .join('');
  return split === '' || split.endsWith(';') ? split : `${split};`;
}

/** Below each line the places in it that are meant, as compilers show them. */
function pointed(text: string, findings: readonly Finding[], rule: Rule): string {
  let start = 0;
  return text
    .split('\n')
    .flatMap(line => {
      const from = start;
      start += line.length + 1;
      const here = findings.filter(
        finding => finding.start >= from && finding.start < from + line.length + 1,
      );
      return [line, ...here.map(finding => pointer(finding, from, line, rule))];
    })
    .join('\n');
}

function pointer(finding: Finding, lineStart: number, line: string, rule: Rule): string {
  const at = finding.start - lineStart;
  const length = Math.max(1, Math.min(finding.end - finding.start, line.length - at));
  const severity = finding.severity === rule.severity ? '' : `${finding.severity}: `;
  return `${' '.repeat(at)}${'^'.repeat(length)} ${severity}${finding.what}`;
}
