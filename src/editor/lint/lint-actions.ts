import {
  CodeAction,
  CodeActionKind,
  l10n,
  type CodeActionContext,
  type CodeActionProvider,
  type CodeActionProviderMetadata,
  type Diagnostic,
  type Range,
  type TextDocument,
} from 'vscode';
import {severities, type Finding, type Fix} from '../../core/lint/finding.ts';
import type {FixProof} from '../../postgres/rehearse/prove-fix.ts';
import type {CommandId} from '../commands/commands.ts';
import type {Checked} from './checker.ts';
import type {About} from './configure-rule.ts';
import {fixAll} from './fix-all.ts';
import {editOfFix} from './fix-edits.ts';
import type {FixProofs} from './fix-proofs.ts';
import type {LintHome} from './lint-home.ts';
import {placesIn} from './places.ts';
import {proofWords, refutes} from './proof-words.ts';
import {rowActions} from './row-actions.ts';

/** On save, and in the menu of source actions. */
export const fixAllKind = CodeActionKind.SourceFixAll.append('howdah');

export const actionKinds: CodeActionProviderMetadata = {
  providedCodeActionKinds: [CodeActionKind.QuickFix, fixAllKind],
};

/** Of a selection that has more, the gravest: nobody reads a menu of hundreds. */
const most = 20;

/** What can be done about findings: the safe rewrite, a comment that says why not, another severity. */
export class LintActions implements CodeActionProvider {
  readonly #home: LintHome;
  readonly #proofs: FixProofs;

  constructor(home: LintHome, proofs: FixProofs) {
    this.#home = home;
    this.#proofs = proofs;
  }

  async provideCodeActions(
    document: TextDocument,
    range: Range,
    {diagnostics, only}: CodeActionContext,
  ): Promise<CodeAction[]> {
    const checked = await this.#home.runs.of(document);
    if (!checked || checked.text !== document.getText()) return [];
    if (only && fixAllKind.intersects(only)) return this.#forAll(checked);
    if (only && !CodeActionKind.QuickFix.intersects(only)) return [];
    const placeOf = placesIn(checked.text);
    const here = checked.findings
      .filter(finding => placeOf(finding).intersection(range))
      .toSorted((one, other) => rank(one) - rank(other))
      .slice(0, most);
    const about = (finding: Finding): Diagnostic[] =>
      diagnostics.filter(each => isOf(each, finding, placeOf(finding)));
    const fixes = await Promise.all(
      here.flatMap(finding => finding.fixes.map(fix => this.#actionOf(checked, fix, about(finding)))),
    );
    return [
      ...fixes
        .filter(action => action !== undefined)
        .toSorted((one, other) => Number(other.isPreferred) - Number(one.isPreferred)),
      ...rowActions(this.#home, checked, here, about),
      ...othersOf(checked, here, about),
    ];
  }

  async #forAll(checked: Checked): Promise<CodeAction[]> {
    const fixed = await fixAll(this.#home.checker, checked, {elsewhere: false, proofs: this.#proofs});
    if (!fixed) return [];
    const action = new CodeAction(l10n.t('Fix all in this migration (Howdah)'), fixAllKind);
    action.edit = fixed.edit;
    return [action];
  }

  async #actionOf(checked: Checked, fix: Fix, diagnostics: Diagnostic[]): Promise<CodeAction | undefined> {
    const made = await editOfFix(checked, fix);
    if (!made) return undefined;
    const proof = this.#proofs.of(checked, fix);
    const action = new CodeAction(titleOf(fix, proof), CodeActionKind.QuickFix);
    action.edit = made.edit;
    action.isPreferred = fix.preferred && !(proof && refutes(proof));
    action.diagnostics = diagnostics;
    if (made.adds.length > 0) {
      const command: CommandId = 'howdah.lint.showAdded';
      action.command = {command, title: l10n.t('Show the new migration'), arguments: [made.adds]};
    }
    return action;
  }
}

/** The gravest first. */
function rank({severity}: Finding): number {
  return severities.indexOf(severity);
}

function titleOf({title}: Fix, proof: FixProof | undefined): string {
  const words = proof ? proofWords(proof) : '';
  return words === '' ? title : `${title} — ${words}`;
}

/** What leaves statements as they are: one entry for all that one rule says of a line. */
function othersOf(
  checked: Checked,
  findings: readonly Finding[],
  about: (finding: Finding) => Diagnostic[],
): readonly CodeAction[] {
  const placeOf = placesIn(checked.text);
  const key = (finding: Finding): string => `${placeOf(finding).start.line} ${finding.rule}`;
  // What does not parse fails, whoever is told.
  const ignorable = findings.filter(({rule}) => rule !== 'syntax');
  const byKey = new Map(ignorable.toReversed().map(finding => [key(finding), finding]));
  return [...byKey]
    .toReversed()
    .map(([same, finding]) =>
      leaving(checked, finding, ignorable.filter(each => key(each) === same).flatMap(about)),
    );
}

function leaving({path}: Checked, {rule, severity, start}: Finding, diagnostics: Diagnostic[]): CodeAction {
  const title = l10n.t('Ignore “{0}”, or change its severity…', rule);
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  const command: CommandId = 'howdah.lint.configureRule';
  const argument: About = {rule, severity, path, start};
  action.command = {command, title, arguments: [argument]};
  action.diagnostics = diagnostics;
  return action;
}

function isOf(diagnostic: Diagnostic, {rule}: Finding, range: Range): boolean {
  const {source, code} = diagnostic;
  const id = typeof code === 'object' ? code.value : code;
  return source === 'Howdah' && id === rule && diagnostic.range.isEqual(range);
}
