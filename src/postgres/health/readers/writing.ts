import {fail, ok} from '../../../core/outcome.ts';
import {WritingPart} from '../../../core/health/parts/writing.ts';
import type {PartReader} from '../reader.ts';
import {writingSql} from '../sql/writing.ts';

/** Reads what was written to the WAL, by checkpoints and to the archive. */
export const writingReader: PartReader<'writing'> = {
  part: 'writing',
  async read(ask) {
    const {versionNumber, listsWal} = ask.server;
    const read = await ask.rows(writingSql({version: versionNumber, listsWal}), [], WritingPart);
    if (!read.ok) return read;
    const [value] = read.value;
    if (value === undefined) return fail('unsupported', 'The server did not say what it wrote.');
    const gap =
      'The files of the WAL and those that wait for the archive are listed for members of pg_monitor.';
    return ok({kind: 'read', value, gaps: listsWal ? [] : [gap]});
  },
};
