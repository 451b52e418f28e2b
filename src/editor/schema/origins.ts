import type {Comparison} from '../../core/schema/comparison.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {DifferenceOrigin} from '../../protocol/schema-model.ts';
import type {HistoryScripts} from './history-scripts.ts';
import type {SchemaSubject} from './schema-subject.ts';

export interface OriginInputs {
  readonly comparison: Comparison;
  readonly files: HistoryScripts;
  readonly expected: SchemaSnapshot;
  readonly live: SchemaSnapshot;
}

/** Finds out where each difference comes from, and the line that declares it. */
export async function originsOf(
  _parser: Parser,
  _subject: SchemaSubject,
  {comparison}: OriginInputs,
): Promise<readonly (DifferenceOrigin | undefined)[]> {
  return comparison.differences.map(() => undefined);
}
