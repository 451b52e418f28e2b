import * as z from 'zod/mini';
import {ok} from '../../../core/outcome.ts';
import {ProgressRow} from '../../../core/health/parts/progress.ts';
import {list, maybe, record, text} from '../../../core/health/shape.ts';
import {counted} from '../../../core/words.ts';
import type {PartReader} from '../reader.ts';
import {progressSql} from '../sql/progress.ts';

/** Both are hidden of other roles' commands. */
const Command = z.readonly(z.extend(ProgressRow.def.innerType, {title: maybe(text), phase: maybe(text)}));
const Commands = record({rows: list(Command)});

/** Reads how far long commands are. */
export const progressReader: PartReader<'progress'> = {
  part: 'progress',
  async read(ask) {
    const read = await ask.rows(progressSql(ask.server.versionNumber), [], Commands);
    if (!read.ok) return read;
    const commands = read.value.flatMap(({rows}) => rows);
    const rows = commands.flatMap(({title, phase, ...row}) =>
      title === undefined || phase === undefined ? [] : [{...row, title, phase}],
    );
    return ok({kind: 'read', value: {rows}, gaps: gapsOf(commands.length - rows.length)});
  },
};

function gapsOf(hidden: number): readonly string[] {
  if (hidden === 0) return [];
  const what = `How far ${counted(hidden, 'command')} of other roles got is hidden from this role`;
  return [`${what}; members of pg_read_all_stats see it.`];
}
