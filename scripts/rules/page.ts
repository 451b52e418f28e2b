import type {Claim, Example, Rule, RuleProof} from '../../src/core/lint/rule.ts';
import {anchor} from '../pages/anchor.ts';
import {codeCell, deedsOf, failureWords, table, versionWords} from './claim-words.ts';
import {commonHistory, commonWords, firingExample, silentExample} from './example-words.ts';
import {groupOf} from './groups.ts';
import {lintExample, unmarked} from './run-example.ts';

/** @returns the page of a rule, from the rule and its proof alone */
export async function rulePage(rule: Rule, proof: RuleProof): Promise<string> {
  const common = commonHistory([...proof.fires, ...proof.silent]);
  const firing = await firingPart(rule, proof.fires, common);
  const silent = silentPart(proof.silent, common);
  const sections = [
    `# ${rule.title}\n\n${lineOf(rule)}`,
    rule.about.trim(),
    await saying(rule, proof),
    claims(proof.claims),
    `## What it finds\n\n${[commonWords(common), ...firing].filter(part => part !== '').join('\n\n')}`,
    `## What it leaves alone\n\n${silent.join('\n\n')}`,
    configuring(rule),
  ];
  return `${sections.filter(section => section !== '').join('\n\n')}\n`;
}

/** More than these nobody reads one by one: a line is enough for each of the others. */
const many = 12;
const shownOfMany = 6;

async function firingPart(
  rule: Rule,
  examples: readonly Example[],
  common?: string,
): Promise<readonly string[]> {
  const [whole, brief] = divided(examples);
  const lines = await Promise.all(
    brief.map(async example => {
      const {findings} = await lintExample(rule, example);
      return `- ${example.name}: ${codeCell(unmarked(example.sql).text)} “${findings[0]?.what ?? ''}”`;
    }),
  );
  const parts = await Promise.all(whole.map(example => firingExample(rule, example, common)));
  return lines.length === 0 ? parts : [...parts, `As well:\n\n${lines.join('\n')}`];
}

function silentPart(examples: readonly Example[], common?: string): readonly string[] {
  const [whole, brief] = divided(examples);
  const lines = brief.map(({name, sql}) => `- ${name}: ${codeCell(sql)}`);
  const parts = whole.map(example => silentExample(example, common));
  return lines.length === 0 ? parts : [...parts, `As well:\n\n${lines.join('\n')}`];
}

/** Those that are shown as a whole, with every one that has a fix to show, and the others. */
function divided(
  examples: readonly Example[],
): readonly [whole: readonly Example[], brief: readonly Example[]] {
  if (examples.length <= many) return [examples, []];
  const isWhole = ({fixed, sql}: Example, at: number): boolean =>
    at < shownOfMany || fixed !== undefined || sql.trim().includes('\n');
  return [examples.filter(isWhole), examples.filter((example, at) => !isWhole(example, at))];
}

function lineOf({id, severity, direction}: Rule): string {
  const where = direction === undefined ? '' : ` · in ${direction} files only`;
  return `\`${id}\` · ${severity}${where} · [${groupOf(id)}](../rules.md#${anchor(groupOf(id))})`;
}

async function saying(rule: Rule, {fires}: RuleProof): Promise<string> {
  const [example] = fires;
  const finding = example && (await lintExample(rule, example)).findings[0];
  if (!finding) return '';
  const fix = finding.fix === '' ? '' : `\n>\n> ${finding.fix}`;
  return `## What it says\n\n> **${finding.what}**\n>\n> ${finding.why}${fix}`;
}

function claims(all: readonly Claim[]): string {
  if (all.length === 0) return '';
  const rows = all.map(claim => [statementCell(claim), ...deeds(claim)]);
  return [
    '## What PostgreSQL does',
    'Every line was run on PostgreSQL 14 to 18, and is run again by the tests. The tables are those of [the list of locks](../locks.md#the-tables).',
    table(['statement', 'locks', 'writes anew', 'reads whole'], rows),
  ].join('\n\n');
}

function statementCell(claim: Claim): string {
  const words = [
    claim.alone ? 'by itself' : '',
    versionWords(claim),
    claim.setup === undefined ? '' : `after ${codeCell(claim.setup)}`,
  ].filter(each => each !== '');
  return `${codeCell(claim.sql)}${words.length > 0 ? ` <br>${words.join(', ')}` : ''}`;
}

function deeds({does}: Claim): readonly string[] {
  if (typeof does !== 'string') return [failureWords(does.fails), '', ''];
  const {locks, rewrites, scans} = deedsOf(does);
  return [locks === '' ? 'none' : locks, rewrites, scans];
}

function configuring({id, severity}: Rule): string {
  const other = severity === 'warning' ? 'information' : 'warning';
  return `## Where it does not fit

A comment before the statement, with the reason:

\`\`\`sql
-- howdah-ignore ${id}: why it is all right here
\`\`\`

\`-- howdah-ignore-file ${id}: …\` anywhere in a file is for the whole file. For a project it is \`howdah.json\`, which the editor and \`howdah lint\` read:

\`\`\`json
{"lint": {"rules": {"${id}": "off"}}}
\`\`\`

\`"${other}"\` in place of \`"off"\` changes how severe it is. For one person it is the setting \`howdah.lint.rules\`.`;
}
