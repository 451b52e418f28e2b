import type {HealthFinding, Severity, Subject} from '../../src/core/health/finding.ts';
import {grouped} from '../../src/core/grouped.ts';
import type {ForeignKeyRow, IndexedTable, IndexRow} from '../../src/core/health/parts/indexes.ts';
import {shape} from './words.ts';

export interface Filter {
  /** In lower case; each word has to be somewhere. */
  readonly text: string;
  /** Empty for all. */
  readonly schema: string;
  /** Oid of one table. */
  readonly table: number | undefined;
  /** `any` for indexes with a finding, or the id of a check; empty for all. */
  readonly finding: string;
}

export const everything: Filter = {text: '', schema: '', table: undefined, finding: ''};

/** Where findings point at, among the rows. */
export interface Found {
  /** Places of findings, by the oid of the index that they are about. */
  readonly byIndex: ReadonlyMap<number, readonly number[]>;
  /** By the oid of the table that they are about, an index of it not being named. */
  readonly byTable: ReadonlyMap<number, readonly number[]>;
  /** The other way round: what a finding's row is. */
  readonly indexOf: ReadonlyMap<number, number>;
  readonly tableOf: ReadonlyMap<number, number>;
}

export const nothingFound: Found = {
  byIndex: new Map(),
  byTable: new Map(),
  indexOf: new Map(),
  tableOf: new Map(),
};

export function placeFindings(
  findings: readonly HealthFinding[],
  rows: readonly IndexRow[],
  tables: Iterable<IndexedTable>,
): Found {
  const indexes = new Map(rows.map(({schema, name, oid}) => [keyOf(schema, name), oid]));
  const tableOids = new Map([...tables].map(({schema, name, oid}) => [keyOf(schema, name), oid]));
  const indexOf = new Map<number, number>();
  const tableOf = new Map<number, number>();
  for (const [place, {subject}] of findings.entries()) {
    const index = subject?.kind === 'index' ? indexes.get(keyOf(subject.schema, subject.name)) : undefined;
    const table = subject && tableOids.get(tableKeyOf(subject) ?? '');
    if (index !== undefined) indexOf.set(place, index);
    if (table !== undefined) tableOf.set(place, table);
  }
  return {
    indexOf,
    tableOf,
    byIndex: inverted(indexOf),
    byTable: inverted(new Map([...tableOf].filter(([place]) => !indexOf.has(place)))),
  };
}

function tableKeyOf(subject: Subject): string | undefined {
  if (subject.kind === 'table') return keyOf(subject.schema, subject.name);
  return 'table' in subject ? keyOf(subject.schema, subject.table) : undefined;
}

function keyOf(schema: string, name: string): string {
  return JSON.stringify([schema, name]);
}

function inverted(places: ReadonlyMap<number, number>): ReadonlyMap<number, readonly number[]> {
  const entries = grouped([...places], ([, oid]) => oid);
  return new Map([...entries].map(([oid, list]) => [oid, list.map(([place]) => place)]));
}

export interface FilterFacts {
  readonly findings: readonly HealthFinding[];
  readonly found: Found;
}

/** @returns the rows that pass, in their order */
export function filtered(rows: readonly IndexRow[], filter: Filter, facts: FilterFacts): readonly IndexRow[] {
  if (filter === everything) return rows;
  const words = filter.text.split(/\s+/).filter(word => word !== '');
  const wanted = findingTest(filter.finding, facts);
  return rows.filter(
    row =>
      (filter.schema === '' || row.schema === filter.schema) &&
      (filter.table === undefined || row.tableOid === filter.table) &&
      wanted(row) &&
      (words.length === 0 || hasAll(searchText(row), words)),
  );
}

function findingTest(finding: string, {findings, found}: FilterFacts): (row: IndexRow) => boolean {
  if (finding === '') return () => true;
  const isMeant = (place: number): boolean => finding === 'any' || findings[place]?.check === finding;
  return ({oid, tableOid}) =>
    found.byIndex.get(oid)?.some(isMeant) === true ||
    (finding !== 'any' && found.byTable.get(tableOid)?.some(isMeant) === true);
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every(word => text.includes(word));
}

const searchTexts = new WeakMap<IndexRow, string>();

function searchText(row: IndexRow): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const {schema, table, name} = row;
  const text = `${schema}.${table} ${schema}.${name} ${row.method} ${shape(row)}`.toLowerCase();
  searchTexts.set(row, text);
  return text;
}

const rank: Readonly<Record<Severity, number>> = {error: 0, warning: 1, information: 2};

/** @returns the gravest of the findings at these places */
export function gravest(
  findings: readonly HealthFinding[],
  places: readonly number[] | undefined,
): Severity | undefined {
  const severities = (places ?? []).flatMap(place => findings[place]?.severity ?? []);
  return severities.toSorted((a, b) => rank[a] - rank[b])[0];
}

/** @returns bytes that all findings together would free; an index that several are about counts once */
export function freeableBytes(findings: readonly HealthFinding[]): number {
  const bytes = new Map<string, number>();
  for (const {subject, bytes: own = 0} of findings) {
    const key = JSON.stringify(subject ?? null);
    bytes.set(key, Math.max(bytes.get(key) ?? 0, own));
  }
  return [...bytes.values()].reduce((sum, own) => sum + own, 0);
}

/** Findings of one check. */
export interface Group {
  readonly check: string;
  readonly severity: Severity;
  /** Places in the list of findings, in its order. */
  readonly places: readonly number[];
  readonly bytes: number;
}

/** @returns the findings by check, the gravest first, as their order says */
export function groupsOf(findings: readonly HealthFinding[]): readonly Group[] {
  const groups = grouped([...findings.keys()], place => findings[place]?.check ?? '');
  return [...groups].map(([check, places]) => ({
    check,
    places,
    severity: gravest(findings, places) ?? 'information',
    bytes: freeableBytes(places.flatMap(place => findings[place] ?? [])),
  }));
}

export function byTable(
  foreignKeys: readonly ForeignKeyRow[],
): ReadonlyMap<number, readonly ForeignKeyRow[]> {
  return grouped(foreignKeys, ({tableOid}) => tableOid);
}
