import {makeStatements} from '../../definition/make.ts';
import {referenceOf} from '../../definition/names.ts';
import type {ObjectOf, SchemaKind} from '../../objects.ts';
import type {Changed, WriteContext, Writer, Written} from '../writer.ts';
import {isCommonAttribute, writeCommonOf} from './common.ts';

interface Ways<K extends SchemaKind> {
  /** Goes with each statement that makes, drops or changes it. */
  readonly note?: string;
  /** Absent: as `definitionOf` shows it. */
  readonly create?: (object: ObjectOf<K>, context: WriteContext) => readonly Written[];
  /** Absent: DROP. */
  readonly drop?: (object: ObjectOf<K>, context: WriteContext) => readonly Written[];
  /** Called only when more differs than what all kinds have in common. Absent: it is made again. */
  readonly change?: (change: Changed<K>, context: WriteContext) => readonly Written[] | 'recreate';
}

/** @returns the writer of a kind, which makes its objects as `definitionOf` shows them. */
export function writerOf<K extends SchemaKind>(ways: Ways<K> = {}): Writer<K> {
  const {
    create = (object, {to}) => makeStatements(object, to).map(sql => ({sql})),
    drop = object => [{sql: `DROP ${referenceOf(object)}`}],
    change = () => 'recreate',
  } = ways;
  return {
    create: (object, context) => {
      const written = create(object, context);
      // What cannot be made has no owner either.
      if (written.length > 0 && !written.some(each => 'sql' in each)) return written;
      return [...noted(written, ways.note), ...writeCommonOf(object, {}, context)];
    },
    drop: (object, context) => noted(drop(object, context), ways.note),
    change: (changed, context) => {
      const {before, after, attributes} = changed;
      const own = [...attributes].some(attribute => !isCommonAttribute(attribute));
      const written = own ? change(changed, context) : [];
      if (written === 'recreate') return written;
      return [...noted(written, ways.note), ...writeCommonOf(after, {before, attributes}, context)];
    },
  };
}

function noted(written: readonly Written[], note: string | undefined): readonly Written[] {
  return note === undefined ? written : written.map(each => ('sql' in each ? {note, ...each} : each));
}
