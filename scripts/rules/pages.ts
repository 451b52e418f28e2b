import type {Rule, RuleProof} from '../../src/core/lint/rule.ts';
import {configSchema} from './config-schema.ts';
import {indexPage, type IndexLine} from './index-page.ts';
import {loadRules} from './load-rules.ts';
import {ownPages} from './own-pages.ts';
import {rulePage} from './page.ts';

/** @returns the text of each page by its path in `docs`; of files that are no rule nothing */
export async function allPages(): Promise<ReadonlyMap<string, string>> {
  const loaded = await loadRules();
  const rules = loaded.flatMap(({rule, proof}) => (rule && proof ? [{rule, proof}] : []));
  const pages = new Map<string, string>();
  for (const {rule, proof} of rules) pages.set(`rules/${rule.id}.md`, await rulePage(rule, proof));
  for (const {id, severity, title, about} of ownPages)
    pages.set(`rules/${id}.md`, `# ${title}\n\n\`${id}\` · ${severity}\n\n${about}\n`);
  const lines = [...rules.map(lineOf), ...ownPages.map(page => ({...page, hasFix: page.id !== 'syntax'}))];
  return pages
    .set('rules.md', indexPage(lines))
    .set('../media/howdah.schema.json', configSchema(rules.map(({rule}) => rule)));
}

function lineOf({rule, proof}: {readonly rule: Rule; readonly proof: RuleProof}): IndexLine {
  const {id, severity, title} = rule;
  return {id, severity, title, hasFix: proof.fires.some(({fixed}) => fixed !== undefined)};
}
