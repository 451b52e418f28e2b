import {l10n} from 'vscode';
import type {Happened} from './watch-events.ts';

/** @returns what happened, as a sentence */
export function happenedWords(happened: Happened): string {
  switch (happened.kind) {
    case 'lost':
      return l10n.t('The connection was lost: {0}', happened.why);
    case 'connected-again':
      return l10n.t('Connected again.');
    case 'restarted':
      return l10n.t('The server was restarted.');
    case 'promoted':
      return l10n.t('The standby was promoted.');
    case 'other-version':
      return l10n.t('The server is now PostgreSQL {0}.', happened.version);
    case 'statistics-reset':
      return l10n.t('The statistics of the database were reset: they count from the beginning.');
    case 'statements-reset':
      return l10n.t('The statistics of statements were reset.');
    default:
      return happened satisfies never;
  }
}
