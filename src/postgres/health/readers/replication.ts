import {fail, ok} from '../../../core/outcome.ts';
import {ReplicationPart} from '../../../core/health/parts/writing.ts';
import {counted} from '../../../core/words.ts';
import type {PartReader} from '../reader.ts';
import {replicationSql} from '../sql/replication.ts';

/** Reads who receives from this server, what its slots keep, and whom it receives from. */
export const replicationReader: PartReader<'replication'> = {
  part: 'replication',
  async read(ask) {
    const read = await ask.rows(replicationSql(ask.server.versionNumber), [], ReplicationPart);
    if (!read.ok) return read;
    const [value] = read.value;
    if (value === undefined) return fail('unsupported', 'The server did not say how it replicates.');
    return ok({kind: 'read', value, gaps: gapsOf(value)});
  },
};

function gapsOf({receivers}: ReplicationPart): readonly string[] {
  const unseen = receivers.filter(({state}) => state === undefined).length;
  if (unseen === 0) return [];
  return [
    `How far ${counted(unseen, 'receiver')} of the WAL got is hidden from this role; members of pg_read_all_stats see it.`,
  ];
}
