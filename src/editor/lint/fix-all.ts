import {basename} from 'node:path';
import type {AddedMigration, Edit, Finding, Fix} from '../../core/lint/finding.ts';
import type {Checked, Checker} from './checker.ts';
import {editOfFix, type FixEdit} from './fix-edits.ts';

/** A fix may bring up what another fixes; one that never comes to rest is left alone. */
const rounds = 20;

export interface FixAllOptions {
  /** Whether fixes that make new migrations are among them. */
  readonly adds: boolean;
}

export interface FixedAll extends FixEdit {
  readonly count: number;
}

/**
 * Applies the preferred fixes of a file, one after the other, each to what the one before it leaves.
 * @returns nothing where there is nothing to fix
 */
export async function fixAll(
  checker: Checker,
  checked: Checked,
  options: FixAllOptions,
): Promise<FixedAll | undefined> {
  let now = checked;
  const adds: AddedMigration[] = [];
  let count = 0;
  for (let round = 0; round < rounds; round += 1) {
    const fixes = together(now.findings, options);
    if (fixes.length === 0) break;
    count += fixes.length;
    adds.push(...fixes.flatMap(fix => fix.adds));
    const text = applied(
      now.text,
      fixes.flatMap(fix => fix.edits),
    );
    const next = await checker.check(checked.path, text);
    if (!next) break;
    now = next;
  }
  if (count === 0) return undefined;
  const made = await editOfFix(checked, {
    title: basename(checked.path),
    edits: smallest(checked.text, now.text),
    adds,
    preferred: true,
  });
  return made && {...made, count};
}

/** The preferred fix of each finding, without those that would touch what another one touches. */
function together(findings: readonly Finding[], {adds}: FixAllOptions): readonly Fix[] {
  const taken: Fix[] = [];
  let end = -1;
  const wanted = findings
    .flatMap(({fixes}) => fixes.find(({preferred}) => preferred) ?? [])
    .filter(
      fix =>
        fix.edits.length > 0 &&
        // Of this file alone.
        fix.renamesTo === undefined &&
        fix.elsewhere === undefined &&
        (adds || fix.adds.length === 0),
    )
    .toSorted((one, other) => startOf(one) - startOf(other));
  for (const fix of wanted) {
    if (startOf(fix) <= end) continue;
    taken.push(fix);
    end = Math.max(...fix.edits.map(edit => edit.end));
  }
  return taken;
}

function startOf({edits}: Fix): number {
  return edits[0]?.start ?? 0;
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** One edit of what differs, so that the cursor stays where it is. */
function smallest(before: string, after: string): readonly Edit[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let same = 0;
  while (
    same < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - same] === after[after.length - 1 - same]
  )
    same += 1;
  return [{start, end: before.length - same, text: after.slice(start, after.length - same)}];
}
