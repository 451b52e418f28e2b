import {l10n} from 'vscode';
import {enumeratedInShort} from '../../../core/words.ts';
import type {Failure} from '../../../core/outcome.ts';
import type {IndexView} from '../../../protocol/index-panel.ts';
import type {IndexReading} from './index-reading.ts';

/** @returns the view of a connection of which nothing is known yet */
export function beginningView(connection: IndexView['connection']): IndexView {
  return {
    connection,
    phase: {kind: 'reading', startedAt: Date.now()},
    generation: 0,
    findings: [],
    unseen: [],
    notes: [],
    standby: false,
    version: '',
    maintenance: [],
    notice: null,
    lost: null,
    sampling: 0,
    wanted: null,
  };
}

type Read = Pick<
  IndexView,
  'phase' | 'last' | 'findings' | 'unseen' | 'titles' | 'notes' | 'since' | 'standby' | 'version'
>;

/** @returns what a reading says, for the page */
export function readingView(reading: IndexReading): Read {
  const {part, server, at, assessment, cost} = reading;
  const {indexes, tables, exact, since} = part;
  const facts = {at, cost, indexes: indexes.length, tables: tables.length, exact};
  const found = new Set(assessment.findings.map(({check}) => check));
  return {
    phase: {kind: 'read', ...facts},
    last: {...facts, bytes: bytesOf(reading)},
    findings: assessment.findings,
    unseen: unseenIn(assessment),
    titles: assessment.checks.filter(({id}) => found.has(id)).map(({id, title}) => ({id, title})),
    notes: notesOf(reading),
    standby: server.standby,
    version: server.version,
    ...(since === undefined ? {} : {since}),
  };
}

/** A partitioned index has the bytes of its partitions’ indexes, which are in the list as well. */
function bytesOf({part}: IndexReading): number {
  return part.indexes.reduce((sum, {bytes, partitioned}) => (partitioned ? sum : sum + bytes), 0);
}

function unseenIn({checks}: IndexReading['assessment']): IndexView['unseen'] {
  return checks.flatMap(({title, outcome}) => {
    if (outcome.kind === 'looked') return [];
    const {why, advice} = outcome;
    return [{title, why, ...(advice === undefined ? {} : {advice})}];
  });
}

function notesOf({part: {standbys}, server, gaps}: IndexReading): readonly string[] {
  return [
    ...(server.standby
      ? [l10n.t('This is a standby: its counters are its own, and the primary has others.')]
      : []),
    ...(standbys.length > 0
      ? [
          l10n.t(
            'What runs on standbys ({0}) is not in these counters: an index that nothing uses here may be used there.',
            enumeratedInShort(standbys),
          ),
        ]
      : []),
    ...gaps,
  ];
}

/** @returns why something did not work, for the page */
export function failureView({message, advice, server}: Failure): {
  readonly message: string;
  readonly advice?: string;
} {
  const more = [server?.detail, server?.hint, advice].filter(Boolean).join(' ');
  return more === '' ? {message} : {message, advice: more};
}
