import type {Claim, Rule, RuleProof} from '../../src/core/lint/rule.ts';
import {codeCell, deedsOf, failureWords, table, versionWords} from './claim-words.ts';
import {commonHistory, commonWords, firingExample, silentExample} from './example-words.ts';
import {groupOf} from './groups.ts';
import {lintExample} from './run-example.ts';

/** @returns the page of a rule, from the rule and its proof alone */
export async function rulePage(rule: Rule, proof: RuleProof): Promise<string> {
  const common = commonHistory([...proof.fires, ...proof.silent]);
  const firing = await Promise.all(proof.fires.map(example => firingExample(rule, example, common)));
  const silent = proof.silent.map(example => silentExample(example, common));
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

function lineOf({id, severity, direction}: Rule): string {
  const where = direction === undefined ? '' : ` · in ${direction} files only`;
  return `\`${id}\` · ${severity}${where} · [${groupOf(id)}](../rules.md#${anchor(groupOf(id))})`;
}

/** @returns the anchor that GitHub and VS Code give a heading */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
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
