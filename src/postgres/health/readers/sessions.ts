import {fail, ok} from '../../../core/outcome.ts';
import {maskSecrets} from '../../../core/health/mask-secrets.ts';
import {SessionRow, SessionsPart} from '../../../core/health/parts/sessions.ts';
import {maybe, record} from '../../../core/health/shape.ts';
import {counted} from '../../../core/words.ts';
import type {PartReader} from '../reader.ts';
import {sessionsSql} from '../sql/sessions.ts';

const {hidden, maxConnections, reserved, prepared, deadlockTimeout} = SessionsPart.def.innerType.shape;
const About = record({hidden, maxConnections, reserved, prepared, deadlockTimeout});
const Item = record({about: maybe(About), session: maybe(SessionRow)});

/** Reads who is connected, what each does, and who waits for whom. */
export const sessionsReader: PartReader<'sessions'> = {
  part: 'sessions',
  async read(ask) {
    const items = await ask.rows(sessionsSql, [], Item);
    if (!items.ok) return items;
    const [about] = items.value.flatMap(item => item.about ?? []);
    if (about === undefined) return fail('unsupported', 'The server did not say who is connected.');
    const rows = items.value.flatMap(({session}) => (session === undefined ? [] : [withoutSecrets(session)]));
    return ok({kind: 'read', value: {...about, rows}, gaps: gapsOf(about.hidden)});
  },
};

/** A session shows ALTER ROLE … PASSWORD as it came. */
function withoutSecrets(row: SessionRow): SessionRow {
  return row.query === undefined ? row : {...row, query: maskSecrets(row.query)};
}

function gapsOf(hidden: number): readonly string[] {
  if (hidden === 0) return [];
  return [
    `What ${counted(hidden, 'session')} of other roles ${hidden === 1 ? 'does' : 'do'} is hidden from this role; members of pg_read_all_stats see it.`,
  ];
}
