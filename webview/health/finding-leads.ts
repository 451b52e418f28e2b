import type {Subject} from '../../src/core/health/finding.ts';
import type {Place} from './model.ts';
import type {Panel} from './panel.ts';

export interface Lead {
  readonly text: string;
  readonly go: () => void;
}

/** @returns where a finding's object can be seen */
export function leadsOf(panel: Panel, subject: Subject | undefined): readonly Lead[] {
  const to = (text: string, place: Place): Lead => ({text, go: () => panel.go(place)});
  const reveal = (schema: string, name: string, kind: 'relation' | 'index'): Lead => ({
    text: 'Reveal in Tree',
    go: () => void panel.client.request('reveal', {schema, name, kind}),
  });
  switch (subject?.kind) {
    case 'index':
      return [
        {text: 'Open Indexes', go: () => void panel.client.request('openIndexes', null)},
        reveal(subject.schema, subject.name, 'index'),
      ];
    case 'table':
      return [
        to('Show in Tables', {...subject, kind: 'table'}),
        reveal(subject.schema, subject.name, 'relation'),
      ];
    case 'column':
    case 'constraint':
      return [reveal(subject.schema, subject.table, 'relation')];
    case 'sequence':
      return [reveal(subject.schema, subject.name, 'relation')];
    case 'statement':
      return [to('Show in Queries', {kind: 'statement', id: subject.id})];
    case 'setting':
      return [to('Show in Settings', {kind: 'setting', name: subject.name})];
    case 'session':
    case 'function':
    case 'role':
    case 'slot':
    case 'database':
    case 'extension':
    case undefined:
      return [];
    default:
      return subject satisfies never;
  }
}
