import type {Direction} from '../../migrations/migration.ts';
import type {FileDraft, FileRule, Rule, StatementRule} from '../rule.ts';
import type {WatchedSituation} from '../situations.ts';
import type {Breathe} from './breather.ts';
import type {View} from './view.ts';

/** A draft with the rule that made it, and the situation that it is of; none for a file without statements. */
export interface Said {
  readonly rule: Rule;
  readonly draft: FileDraft;
  readonly situation?: WatchedSituation;
  /** Whether the draft's places count in the statement's text. */
  readonly inStatement: boolean;
  /** Relations whose size matters to it. */
  readonly asked: WatchedSituation['asked'];
}

/** @returns what the rules say of one direction; nothing where it is of no use any more */
export async function check(
  view: View,
  situations: readonly WatchedSituation[],
  rules: readonly Rule[],
  breathe: Breathe,
): Promise<readonly Said[] | undefined> {
  const {byKind, ofFiles} = lookingAt(rules)[view.direction];
  const said: Said[] = [];
  for (const situation of situations) {
    for (const rule of byKind.get(situation.statement.kind) ?? [])
      said.push(...checkStatement(rule, situation));
    if (!(await breathe())) return undefined;
  }
  for (const rule of ofFiles) {
    said.push(...checkFile(rule, view, situations));
    if (!(await breathe())) return undefined;
  }
  return said;
}

function checkStatement(rule: StatementRule, situation: WatchedSituation): readonly Said[] {
  situation.asked.clear();
  const drafts = rule.check(situation);
  if (drafts.length === 0) return [];
  const asked = new Map(situation.asked);
  return drafts.map(draft => ({rule, draft, situation, inStatement: true, asked}));
}

function checkFile(rule: FileRule, {file}: View, situations: readonly WatchedSituation[]): readonly Said[] {
  for (const {asked} of situations) asked.clear();
  return rule.checkFile(file, situations).map(draft => {
    const situation = situations[draft.statement ?? 0];
    return {
      rule,
      draft,
      ...(situation ? {situation} : {}),
      inStatement: draft.statement !== undefined && situation !== undefined,
      asked: new Map(situation?.asked),
    };
  });
}

function isOfStatements(rule: Rule): rule is StatementRule {
  return 'check' in rule;
}

function isOfFiles(rule: Rule): rule is FileRule {
  return 'checkFile' in rule;
}

/** Rules as a direction needs them. */
interface Looking {
  readonly byKind: ReadonlyMap<string, readonly StatementRule[]>;
  readonly ofFiles: readonly FileRule[];
}

const known = new WeakMap<readonly Rule[], Readonly<Record<Direction, Looking>>>();

function lookingAt(rules: readonly Rule[]): Readonly<Record<Direction, Looking>> {
  const made = known.get(rules) ?? {up: lookingIn(rules, 'up'), down: lookingIn(rules, 'down')};
  known.set(rules, made);
  return made;
}

function lookingIn(rules: readonly Rule[], own: Direction): Looking {
  const looking = rules.filter(({direction = own}) => direction === own);
  return {byKind: kindsOf(looking.filter(isOfStatements)), ofFiles: looking.filter(isOfFiles)};
}

function kindsOf(rules: readonly StatementRule[]): ReadonlyMap<string, readonly StatementRule[]> {
  const byKind = new Map<string, StatementRule[]>();
  for (const rule of rules)
    for (const kind of rule.kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), rule]);
  return byKind;
}
