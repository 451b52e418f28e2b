import {
  CodeLens,
  EventEmitter,
  l10n,
  Range,
  workspace,
  type CancellationToken,
  type CodeLensProvider,
  type TextDocument,
} from 'vscode';
import type {CommandId} from '../commands/commands.ts';
import {DisposableStore} from '../disposables.ts';
import type {ProjectStore} from '../migrations/project-store.ts';
import {settings} from '../settings.ts';
import {StatementSpot} from './explain-source.ts';

/** Milliseconds without typing before a document is looked through again. */
const pause = 300;

/** Explain and Explain Analyze above each statement that can be explained. Migrations have lenses of their own. */
export class ExplainCodeLenses implements CodeLensProvider {
  readonly #changed = new EventEmitter<void>();
  readonly #store = new DisposableStore();
  readonly #projects: ProjectStore;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(projects: ProjectStore) {
    this.#projects = projects;
    this.#store.add(this.#changed);
    this.#store.add(projects.onDidChange(() => this.#changed.fire()));
    this.#store.add(
      workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration('howdah.explain.codeLens')) this.#changed.fire();
      }),
    );
  }

  async provideCodeLenses(document: TextDocument, token: CancellationToken): Promise<CodeLens[]> {
    if (!workspace.isTrusted || !settings.explainCodeLens(document)) return [];
    // The editor cancels the call when the document changes, so only the last of many keystrokes is looked at.
    if (document.isDirty) await new Promise(resolve => setTimeout(resolve, pause));
    if (token.isCancellationRequested) return [];
    await this.#projects.ready();
    if (this.#projects.file(document.uri)) return [];
    const {lensPlaces} = await import('./lens-places.ts');
    const text = document.getText();
    const places = lensPlaces(text);
    return places.flatMap((offset, index) =>
      lensesAt(document, offset, mayHaveParameters(text.slice(offset, places[index + 1]))),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** A look only: a string with a question mark costs a lens that is not needed. */
function mayHaveParameters(statement: string): boolean {
  return /\$\d|(?<![:\w]):[a-z_']|%\(|%s|\?/i.test(statement);
}

function lensesAt(document: TextDocument, offset: number, parameters: boolean): readonly CodeLens[] {
  const place = document.positionAt(offset);
  const range = new Range(place, place);
  const spot = new StatementSpot(document, offset);
  const lens = (command: CommandId, title: string, tooltip: string): CodeLens =>
    new CodeLens(range, {command, title, tooltip, arguments: [spot]});
  return [
    lens('howdah.explain.plan', l10n.t('Explain'), l10n.t('Show the plan. The statement is not executed.')),
    lens(
      'howdah.explain.analyze',
      l10n.t('Analyze'),
      l10n.t('Execute the statement and measure each step, in a transaction that changes nothing.'),
    ),
    ...(parameters
      ? [
          lens(
            'howdah.explain.generic',
            l10n.t('Generic Plan'),
            l10n.t('Show the plan for any values of the parameters. The statement is not executed.'),
          ),
        ]
      : []),
  ];
}
