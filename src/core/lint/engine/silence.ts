import type {Finding} from '../finding.ts';
import type {LintSettings} from '../settings.ts';
import {commentsIn, suppress, suppressionsOf, type Holding, type Suppression} from '../suppress.ts';
import {inOrder} from './findings.ts';
import {ownIds, unknownFinding, unusedFinding} from './idle.ts';
import type {IgnoreComment} from './ignore-comments.ts';

/** What suppressions are judged by. */
export interface Judging extends Holding {
  readonly settings: LintSettings;
  /** Ids of all rules that there are. */
  readonly rules: readonly string[];
  /** @returns what some of the rules find where no target is chosen; nothing where none is now */
  readonly elsewhere: (rules: ReadonlySet<string>) => Promise<readonly Finding[] | undefined>;
}

/** @returns what comments leave of the findings, and what is wrong with the comments */
export async function silence(
  findings: readonly Finding[],
  judging: Judging,
): Promise<{readonly findings: readonly Finding[]; readonly suppressed: number}> {
  const comments = commentsIn(judging);
  if (comments.length === 0) return {findings, suppressed: 0};
  const suppressions = suppressionsOf(comments, judging);
  const {kept, count, used} = suppress(findings, suppressions);
  // Statements that do not parse are missing, and with them what would be found there.
  const unused =
    judging.refused.length > 0 ? [] : suppressions.filter(each => !used.has(each) && mayFind(each, judging));
  const idle = await stillUnused(unused, judging);
  const own = [
    ...idle.flatMap(({comment, rule}) => unusedFinding(judging.text, comment, rule, judging.settings)),
    ...comments.flatMap(comment => unknownIn(comment, judging)),
  ];
  const judged = suppress(own, suppressions);
  return {findings: inOrder([...kept, ...judged.kept]), suppressed: count + judged.count};
}

function mayFind({rule}: Suppression, {rules, settings}: Judging): boolean {
  return rules.includes(rule.id) && settings.rules[rule.id] !== 'off';
}

/** What a target makes harmless is a finding for those who have chosen none. */
async function stillUnused(
  unused: readonly Suppression[],
  {elsewhere}: Judging,
): Promise<readonly Suppression[]> {
  if (unused.length === 0) return [];
  const findings = await elsewhere(new Set(unused.map(({rule}) => rule.id)));
  if (!findings) return unused;
  const {used} = suppress(findings, unused);
  return unused.filter(each => !used.has(each));
}

function unknownIn(comment: IgnoreComment, {rules, text, settings}: Judging): readonly Finding[] {
  if (comment.rules.length === 0) return unknownFinding(text, comment, undefined, settings);
  const known = new Set<string>([...rules, ...ownIds]);
  return comment.rules
    .filter(({id}) => !known.has(id))
    .flatMap(rule => unknownFinding(text, comment, rule, settings));
}
