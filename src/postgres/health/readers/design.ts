import {
  CheckedTogether,
  LeftUnvalidated,
  NullableColumn,
  SequenceRow,
  SmallKey,
  TableWithoutKey,
} from '../../../core/health/parts/design.ts';
import {ok} from '../../../core/outcome.ts';
import {counted} from '../../../core/words.ts';
import type {PartReader} from '../reader.ts';
import {checkedTogetherSql, nullableSql, smallKeysSql, unvalidatedSql, withoutKeySql} from '../sql/design.ts';
import {sequencesSql} from '../sql/sequences.ts';

/** Reads what is told of tables by how they are made: keys, constraints, and numbers that run out. */
export const designReader: PartReader<'design'> = {
  part: 'design',
  async read(ask) {
    const {versionNumber} = ask.server;
    const withoutKey = await ask.rows(withoutKeySql(versionNumber), [], TableWithoutKey);
    if (!withoutKey.ok) return withoutKey;
    const unvalidated = await ask.rows(unvalidatedSql(versionNumber), [], LeftUnvalidated);
    if (!unvalidated.ok) return unvalidated;
    const nullable = await ask.rows(nullableSql, [], NullableColumn);
    if (!nullable.ok) return nullable;
    const smallKeys = await ask.rows(smallKeysSql, [], SmallKey);
    if (!smallKeys.ok) return smallKeys;
    const checkedTogether = await ask.rows(checkedTogetherSql, [], CheckedTogether);
    if (!checkedTogether.ok) return checkedTogether;
    // Last, because each stays locked, as by nextval(), until the transaction ends.
    const sequences = await ask.rows(sequencesSql, [], SequenceRow);
    if (!sequences.ok) return sequences;
    const value = {
      withoutKey: withoutKey.value,
      unvalidated: unvalidated.value,
      nullable: nullable.value,
      smallKeys: smallKeys.value,
      checkedTogether: checkedTogether.value,
      sequences: sequences.value,
    };
    return ok({kind: 'read', value, gaps: gapsOf(sequences.value)});
  },
};

const whys = {
  rights: 'are not shown to this role, which needs USAGE or SELECT on them',
  locked: 'were not read, because somebody is changing them',
  unlogged: 'are not known on a standby, because they are unlogged',
} as const;

const reasons = ['rights', 'locked', 'unlogged'] as const;

function gapsOf(sequences: readonly SequenceRow[]): readonly string[] {
  return reasons.flatMap(reason => {
    const {length} = sequences.filter(({hidden}) => hidden === reason);
    return length === 0 ? [] : [`The last numbers of ${counted(length, 'sequence')} ${whys[reason]}.`];
  });
}
