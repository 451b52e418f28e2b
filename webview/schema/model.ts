import {severities} from '../../src/core/schema/comparison.ts';
import type {DifferenceView, SchemaObjectView} from '../../src/protocol/schema-panel.ts';

export type SeverityName = DifferenceView['severity'];

export interface Filter {
  /** Those that are shown. */
  readonly severities: ReadonlySet<SeverityName>;
  /** A kind of object, or empty for all. */
  readonly kind: string;
  /** In lower case. */
  readonly text: string;
}

export const everything: Filter = {
  severities: new Set(severities),
  kind: '',
  text: '',
};

/** An object with those of its differences that pass the filter. */
export interface ShownObject {
  readonly object: SchemaObjectView;
  readonly differences: readonly DifferenceView[];
}

export type Row =
  | {readonly kind: 'object'; readonly id: string; readonly shown: ShownObject}
  | {
      readonly kind: 'difference';
      readonly id: string;
      readonly shown: ShownObject;
      readonly difference: DifferenceView;
    };

/** @returns the objects with a difference that passes */
export function shownObjects(objects: readonly SchemaObjectView[], filter: Filter): readonly ShownObject[] {
  if (filter === everything) return objects.map(object => ({object, differences: object.differences}));
  return objects.flatMap(object => {
    const named = object.name.toLowerCase().includes(filter.text);
    const differences = object.differences.filter(
      ({severity, kind, words}) =>
        filter.severities.has(severity) &&
        (filter.kind === '' || kind === filter.kind) &&
        (named || words.toLowerCase().includes(filter.text)),
    );
    return differences.length === 0 ? [] : [{object, differences}];
  });
}

/** @param folded keys of the objects whose differences are not shown */
export function rowsOf(shown: readonly ShownObject[], folded: ReadonlySet<string>): readonly Row[] {
  return shown.flatMap((one): Row[] => {
    const head: Row = {kind: 'object', id: objectRow(one.object.key), shown: one};
    if (folded.has(one.object.key)) return [head];
    return [
      head,
      ...one.differences.map((difference): Row => ({
        kind: 'difference',
        id: differenceRow(difference),
        shown: one,
        difference,
      })),
    ];
  });
}

export function objectRow(key: string): string {
  return `object ${key}`;
}

export function differenceRow({index}: DifferenceView): string {
  return `difference ${index}`;
}

/** @returns whether all, some or none of them are chosen, in ARIA's words */
export function chosenState(
  differences: readonly DifferenceView[],
  chosen: ReadonlySet<number>,
): 'true' | 'false' | 'mixed' {
  const count = differences.filter(({index}) => chosen.has(index)).length;
  if (count === 0) return 'false';
  return count === differences.length ? 'true' : 'mixed';
}
