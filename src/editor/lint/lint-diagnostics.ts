import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  EventEmitter,
  l10n,
  languages,
  Location,
  Uri,
  type Disposable,
} from 'vscode';
import {unusedRule} from '../../core/lint/engine/idle.ts';
import type {Finding, RelatedPlace, Severity} from '../../core/lint/finding.ts';
import {DisposableStore} from '../disposables.ts';
import type {Checked} from './checker.ts';
import {placesIn} from './places.ts';
import type {RowAnswers} from './row-answers.ts';
import {pageCommand} from './rule-pages.ts';

const severityOf: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Rules about what has no effect: an editor shows it faded. */
const withoutEffect: ReadonlySet<string> = new Set(['if-not-exists-no-op', unusedRule, 'redundant-index']);

/** The text of another file, for the places that a finding leads to. */
export type TextOf = (path: string) => Promise<string>;

export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
}

/** Findings in the editor and in the Problems view. */
export class LintDiagnostics implements Disposable {
  readonly #store = new DisposableStore();
  readonly #collection = this.#store.add(languages.createDiagnosticCollection('howdah-lint'));
  readonly #shown = new Map<string, Checked>();
  readonly #textOf: TextOf;
  readonly #answers: Pick<RowAnswers, 'words'>;
  readonly #changed = this.#store.add(new EventEmitter<void>());
  #only: string | undefined;
  /** Findings were shown or taken away. */
  readonly onDidChange = this.#changed.event;

  constructor(textOf: TextOf, answers: Pick<RowAnswers, 'words'>) {
    this.#textOf = textOf;
    this.#answers = answers;
  }

  /** The rule whose findings alone are shown; all are when it is absent. */
  get only(): string | undefined {
    return this.#only;
  }

  async showOnly(rule: string | undefined): Promise<void> {
    this.#only = rule;
    for (const checked of this.#shown.values()) await this.#draw(checked);
    this.#changed.fire();
  }

  async show(checked: Checked): Promise<void> {
    this.#shown.set(checked.path, checked);
    await this.#draw(checked);
    this.#changed.fire();
  }

  /** With what is known by now beside what was found. */
  async redraw(path: string): Promise<void> {
    const checked = this.#shown.get(path);
    if (checked) await this.#draw(checked);
  }

  clear(path: string): void {
    if (!this.#shown.delete(path)) return;
    this.#collection.delete(Uri.file(path));
    this.#changed.fire();
  }

  /** @param paths of all files unless told */
  counts(paths?: readonly string[]): FindingCounts {
    const all = paths ? paths.flatMap(path => this.#shown.get(path) ?? []) : [...this.#shown.values()];
    const found = all.flatMap(({findings}) => findings);
    return {
      errors: found.filter(({severity}) => severity === 'error').length,
      warnings: found.filter(({severity}) => severity === 'warning').length,
    };
  }

  of(path: string): Checked | undefined {
    return this.#shown.get(path);
  }

  all(): Iterable<Checked> {
    return this.#shown.values();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #draw(checked: Checked): Promise<void> {
    const placeOf = placesIn(checked.text);
    const others = new Places(this.#textOf);
    const found = checked.findings.filter(({rule}) => this.#only === undefined || rule === this.#only);
    const answered = this.#answers.words({findings: found});
    const diagnostics = await Promise.all(
      found.map(async finding => {
        const words = wordsOf(finding, answered.get(finding));
        const diagnostic = new Diagnostic(placeOf(finding), words, severityOf[finding.severity]);
        diagnostic.source = 'Howdah';
        diagnostic.code = {value: finding.rule, target: pageCommand(finding.rule)};
        if (withoutEffect.has(finding.rule)) diagnostic.tags = [DiagnosticTag.Unnecessary];
        if (finding.related.length > 0)
          diagnostic.relatedInformation = await Promise.all(
            finding.related.map(place => relatedAt(place, others)),
          );
        return diagnostic;
      }),
    );
    if (this.#shown.get(checked.path) === checked) this.#collection.set(Uri.file(checked.path), diagnostics);
  }
}

/** Of other files: thousands of findings may lead to one, which is read once. */
class Places {
  readonly #textOf: TextOf;
  readonly #known = new Map<string, Promise<ReturnType<typeof placesIn>>>();

  constructor(textOf: TextOf) {
    this.#textOf = textOf;
  }

  in(path: string): Promise<ReturnType<typeof placesIn>> {
    const known = this.#known.get(path);
    if (known) return known;
    const places = this.#textOf(path).then(placesIn);
    this.#known.set(path, places);
    return places;
  }
}

async function relatedAt(
  {path, words, ...span}: RelatedPlace,
  others: Places,
): Promise<DiagnosticRelatedInformation> {
  const placeOf = await others.in(path);
  return new DiagnosticRelatedInformation(new Location(Uri.file(path), placeOf(span)), words);
}

/** What happens on the first line, because lists show no other. */
function wordsOf({what, why, fix}: Finding, answers: readonly string[] = []): string {
  return [what, why, fix === '' ? '' : l10n.t('Fix: {0}', fix), ...answers]
    .filter(part => part !== '')
    .join('\n');
}
