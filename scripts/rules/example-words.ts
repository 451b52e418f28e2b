import type {Finding} from '../../src/core/lint/finding.ts';
import type {Example, ExampleWorld, Rule} from '../../src/core/lint/rule.ts';
import {fixedBy, lintExample, unmarked} from './run-example.ts';

/** @returns an example that fires: with what is said below the place that is meant, and what its fix makes of it */
export async function firingExample(rule: Rule, example: Example): Promise<string> {
  const {text, findings} = await lintExample(rule, example);
  const fix = findings[0]?.fixes[0];
  const fixed = fix && example.fixed !== undefined ? `\n\n${fix.title}:\n\n${code(fixedBy(text, fix))}` : '';
  const offers = fix && fixed === '' ? `\n\nThe fix: ${fix.title}.` : '';
  return `${heading(example)}\n\n${code(around(example, pointed(text, findings, rule)))}${fixed}${offers}`;
}

/** @returns an example in which nothing is said */
export function silentExample(example: Example): string {
  return `${heading(example)}\n\n${code(around(example, unmarked(example.sql).text))}`;
}

function heading(example: Example): string {
  const name = example.name.charAt(0).toUpperCase() + example.name.slice(1);
  const world = worldWords(example);
  return `**${name}**${world === '' ? '' : ` (${world})`}`;
}

function worldWords({direction, transaction, major, rows, file}: ExampleWorld): string {
  return [
    direction === 'down' ? 'a down file' : '',
    transaction === 'none' ? 'each statement by itself' : '',
    major === undefined ? '' : `PostgreSQL ${major}`,
    ...Object.entries(rows ?? {}).map(([name, count]) => `${count.toLocaleString('en')} rows in \`${name}\``),
    file?.state === 'applied' ? 'applied already' : '',
  ]
    .filter(words => words !== '')
    .join(', ');
}

function code(sql: string): string {
  return `\`\`\`sql\n${sql.trim()}\n\`\`\``;
}

/** The file between what was there before it and the file of the other direction. */
function around(world: ExampleWorld, file: string): string {
  const {history, target, counterpart, later, direction = 'up'} = world;
  const parts = [
    ...(target === undefined ? [] : [`-- only on the target\n${lines(target)}`]),
    ...(history === undefined ? [] : [`-- earlier migrations\n${lines(history)}`]),
  ];
  const other = direction === 'up' ? 'down' : 'up';
  const after = [
    ...(later === undefined ? [] : [`-- later migrations\n${lines(later)}`]),
    ...(counterpart === undefined ? [] : [`-- the ${other} file\n${lines(counterpart)}`]),
  ];
  if (parts.length + after.length === 0) return file;
  const own = direction === 'down' ? '-- the down file' : '-- this migration';
  return [...parts, `${own}\n${file.trim()}`, ...after].join('\n\n');
}

/** A line for each statement, where no string can hold a semicolon. */
function lines(sql: string): string {
  const text = sql.trim();
  const split = /['$]/.test(text) ? text : text.replaceAll(/;\s+/g, ';\n');
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
