import {basename} from 'node:path';
import type {AddedMigration, Edit, Finding, Fix} from '../../core/lint/finding.ts';
import {applyEdits} from '../../core/lint/fixes/apply-edits.ts';
import type {Checked, Checker} from './checker.ts';
import {editOfFix, type FixEdit} from './fix-edits.ts';
import type {FixProofs} from './fix-proofs.ts';
import {refutes} from './proof-words.ts';
import {textOf} from './text-of.ts';

/** A fix may bring up what another fixes; one that never comes to rest is left alone. */
const rounds = 30;

export interface FixAllOptions {
  /** Whether fixes that change or make other files are among them. */
  readonly elsewhere: boolean;
  /** A fix that was seen to break the file is left out, and so are those of that name in what the others leave. */
  readonly proofs: FixProofs;
}

/**
 * Applies the preferred fixes of a file, one after the other, each to what the one before it leaves.
 * @returns nothing where there is nothing to fix
 */
export async function fixAll(
  checker: Checker,
  checked: Checked,
  options: FixAllOptions,
): Promise<FixEdit | undefined> {
  const others = new Map<string, string>();
  const read = async (path: string): Promise<string> => others.get(path) ?? textOf(path);
  const adds: AddedMigration[] = [];
  const refuted = new Set(
    checked.findings
      .flatMap(({fixes}) => fixes)
      .filter(fix => isRefuted(options.proofs, checked, fix))
      .map(({title}) => title),
  );
  let now = checked;
  for (let round = 0; round < rounds; round += 1) {
    const fixes = together(now.findings, options).filter(({title}) => !refuted.has(title));
    if (fixes.length === 0) break;
    adds.push(...fixes.flatMap(fix => fix.adds));
    for (const {path, edits} of fixes.flatMap(({elsewhere = []}) => elsewhere))
      others.set(path, applyEdits(await read(path), edits));
    const text = applyEdits(
      now.text,
      fixes.flatMap(fix => fix.edits),
    );
    const next = await checker.check(checked.path, text, {read});
    if (!next) break;
    now = next;
  }
  if (now === checked) return undefined;
  const elsewhere = [...others].map(async ([path, text]) => ({
    path,
    edits: smallest(await textOf(path), text),
  }));
  return editOfFix(checked, {
    title: basename(checked.path),
    edits: smallest(checked.text, now.text),
    adds,
    elsewhere: await Promise.all(elsewhere),
    preferred: true,
  });
}

/** The preferred fix of each finding, without those that would touch what another one touches. */
function together(findings: readonly Finding[], options: FixAllOptions): readonly Fix[] {
  const wanted = findings
    .flatMap(({fixes}) => fixes.find(({preferred}) => preferred) ?? [])
    .filter(fix => fix.edits.length > 0 && fix.renamesTo === undefined)
    .filter(fix => options.elsewhere || isOfItsFile(fix))
    .toSorted((one, other) => startOf(one) - startOf(other));
  const taken: Fix[] = [];
  for (const fix of wanted) {
    const before = taken.at(-1);
    if (before && startOf(fix) <= endOf(before)) continue;
    // The places of the other file are those of its text as it is now.
    if (fix.elsewhere && taken.some(({elsewhere}) => elsewhere)) continue;
    taken.push(fix);
  }
  return taken;
}

function isRefuted(proofs: FixProofs, checked: Checked, fix: Fix): boolean {
  const proof = proofs.of(checked, fix);
  return proof !== undefined && refutes(proof);
}

function isOfItsFile({adds, elsewhere = []}: Fix): boolean {
  return adds.length === 0 && elsewhere.length === 0;
}

function startOf({edits}: Fix): number {
  return edits[0]?.start ?? 0;
}

function endOf({edits}: Fix): number {
  return edits.at(-1)?.end ?? 0;
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
