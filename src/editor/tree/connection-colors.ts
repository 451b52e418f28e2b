import {EventEmitter, FileDecoration, l10n, ThemeColor, Uri, type FileDecorationProvider} from 'vscode';
import {environments, type Connection, type Environment} from '../../core/connections/connection.ts';

const scheme = 'howdah-connection';

/** @returns an address whose only use is that the row of the connection gets its environment's colour. */
export function connectionUri({id, environment}: Connection): Uri {
  return Uri.from({scheme, authority: environment, path: `/${id}`});
}

/** Colours the rows of connections: production in the theme's error colour, with a letter beside it. */
export class ConnectionColors implements FileDecorationProvider {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.#changed.event;

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    const environment = environments.find(name => name === uri.authority);
    return uri.scheme === scheme && environment ? decorations(environment) : undefined;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function decorations(environment: Environment): FileDecoration | undefined {
  switch (environment) {
    case 'production':
      return new FileDecoration('P', l10n.t('production'), new ThemeColor('errorForeground'));
    case 'staging':
      return new FileDecoration('S', l10n.t('staging'), new ThemeColor('list.warningForeground'));
    case 'development':
      return undefined;
    default:
      return environment satisfies never;
  }
}
