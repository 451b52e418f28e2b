import type {QualifiedName} from '../../sql/objects.ts';
import {Layers} from './layers.ts';
import {mentionedBy, mentionsSame, ownerOf} from './mentioned.ts';
import {Mentions} from './mentions.ts';
import type {Made, Type, Volatility} from './schema.ts';
import {emptyTable, isSame, keyOf, type FullName, type Table} from './table.ts';

export interface Sequence extends FullName {
  /** It goes with this column. */
  readonly ownedBy?: {readonly table: FullName; readonly column: string};
  readonly made?: Made;
}

export interface Routine extends FullName {
  /** Types of what it takes, which tell it from others of its name. */
  readonly takes: string;
  readonly language?: string;
  readonly volatility?: Volatility;
  readonly made?: Made;
}

/** A type, and of a composite one its attributes. */
export type KnownType = Type & {readonly attributes?: readonly {name: string; type: string}[]};

export interface KnownSchema {
  readonly name: string;
  readonly made?: Made;
}

/** Temporary objects lie here, and are found before all others. */
export const temporarySchema = 'pg_temp';

/** All that a model knows, made for copies that cost little. Values are never changed, but replaced. */
export class State {
  relations = new Layers<Table>();
  /** Of relations, by the plain name of another. */
  mentions = new Mentions();
  /** The table of an index. */
  indexes = new Layers<FullName>();
  /** How many constraints of a schema have a name. */
  constraintNames = new Layers<number>();
  sequences = new Layers<Sequence>();
  /** Of sequences, by the plain name of the table that they go with. */
  owners = new Mentions();
  types = new Layers<KnownType>();
  routines = new Layers<readonly Routine[]>();
  schemas = new Layers<KnownSchema>();
  /** How many relations a schema has that are not temporary. */
  sizes = new Layers<number>();
  dropped = new Layers<true>();
  /** PostgreSQL's major version. */
  readonly major: number;
  readonly defaultPath: readonly string[];
  sessionPath: readonly string[];
  /** Until the transaction ends. */
  localPath: readonly string[] | undefined;

  constructor(major: number, defaultPath: readonly string[]) {
    this.major = major;
    this.defaultPath = defaultPath;
    this.sessionPath = defaultPath;
  }

  fork(): State {
    const copy = new State(this.major, this.defaultPath);
    copy.relations = this.relations.fork();
    copy.mentions = this.mentions.fork();
    copy.indexes = this.indexes.fork();
    copy.constraintNames = this.constraintNames.fork();
    copy.sequences = this.sequences.fork();
    copy.owners = this.owners.fork();
    copy.types = this.types.fork();
    copy.routines = this.routines.fork();
    copy.schemas = this.schemas.fork();
    copy.sizes = this.sizes.fork();
    copy.dropped = this.dropped.fork();
    copy.sessionPath = this.sessionPath;
    copy.localPath = this.localPath;
    return copy;
  }

  /** Whether NOT NULL is a constraint with a name. */
  get namesNotNull(): boolean {
    return this.major >= 18;
  }

  get path(): readonly string[] {
    return this.localPath ?? this.sessionPath;
  }

  /** Where something without a schema is made: a schema that nobody dropped, made by the history or not. */
  get home(): string {
    return this.path.find(schema => !this.dropped.has(schema)) ?? 'public';
  }

  /** @returns the name with the schema in which `has` finds it, along the search path */
  locate(name: QualifiedName, has: (key: string) => boolean): FullName | undefined {
    const {schema, name: plain} = name;
    if (schema !== undefined) return has(keyOf({schema, name: plain})) ? {schema, name: plain} : undefined;
    for (const candidate of [temporarySchema, ...this.path]) {
      const full = {schema: candidate, name: plain};
      if (has(keyOf(full))) return full;
    }
    return undefined;
  }

  table(name: QualifiedName): Table | undefined {
    const full = this.locate(name, key => this.relations.has(key));
    return full && this.relations.get(keyOf(full));
  }

  at(name: FullName): Table | undefined {
    return this.relations.get(keyOf(name));
  }

  type(name: QualifiedName): KnownType | undefined {
    const full = this.locate(name, key => this.types.has(key));
    return full && this.types.get(keyOf(full));
  }

  /** @returns whether relations, indexes, sequences or composite types have the name, which they share */
  isTaken(name: FullName): boolean {
    const key = keyOf(name);
    return (
      this.relations.has(key) ||
      this.indexes.has(key) ||
      this.sequences.has(key) ||
      this.types.get(key)?.kind === 'composite'
    );
  }

  /** Puts a relation in the place of what has its name. */
  put(table: Table): void {
    const old = this.at(table);
    const key = keyOf(table);
    this.relations.set(key, table);
    this.#resize(old, table);
    if (!mentionsSame(old, table)) this.mentions.change(key, mentionedBy(old), mentionedBy(table));
    this.#count(old, table);
  }

  remove(table: Table): void {
    const key = keyOf(table);
    this.#resize(this.at(table), undefined);
    this.mentions.change(key, mentionedBy(this.at(table)), mentionedBy(undefined));
    this.relations.delete(key);
    this.#count(table, {...emptyTable, schema: table.schema, name: table.name});
  }

  /** @returns the relations that name one of that plain name, or a sequence: in which way is for the caller to see */
  mentioning({name}: {readonly name: string}): readonly Table[] {
    return this.relations.pick(this.mentions.of(name));
  }

  /** @returns the sequences that go with columns of a table */
  sequencesOf(table: FullName): readonly Sequence[] {
    return this.sequences
      .pick(this.owners.of(table.name))
      .filter(({ownedBy}) => ownedBy && isSame(ownedBy.table, table));
  }

  usedSchemas(): readonly string[] {
    return this.sizes.entries().flatMap(([schema, size]) => (size > 0 ? [schema] : []));
  }

  #resize(old: Table | undefined, now: Table | undefined): void {
    if (old && now && old.temporary === now.temporary) return;
    if (old?.temporary === false) this.sizes.set(old.schema, (this.sizes.get(old.schema) ?? 0) - 1);
    if (now?.temporary === false) this.sizes.set(now.schema, (this.sizes.get(now.schema) ?? 0) + 1);
  }

  putSequence(sequence: Sequence): void {
    const key = keyOf(sequence);
    this.owners.change(key, ownerOf(this.sequences.get(key)), ownerOf(sequence));
    this.sequences.set(key, sequence);
  }

  removeSequence(name: FullName): void {
    const key = keyOf(name);
    this.owners.change(key, ownerOf(this.sequences.get(key)), ownerOf(undefined));
    this.sequences.delete(key);
  }

  #count(old: Table | undefined, now: Table): void {
    const {schema, name} = now;
    if (old?.indexes !== now.indexes) {
      for (const index of old?.indexes.keys() ?? [])
        if (!now.indexes.has(index)) this.indexes.delete(keyOf({schema, name: index}));
      for (const index of now.indexes.keys())
        if (!old?.indexes.has(index)) this.indexes.set(keyOf({schema, name: index}), {schema, name});
    }
    if (old?.constraints === now.constraints) return;
    for (const constraint of old?.constraints.keys() ?? [])
      if (!now.constraints.has(constraint)) this.#add(keyOf({schema, name: constraint}), -1);
    for (const constraint of now.constraints.keys())
      if (!old?.constraints.has(constraint)) this.#add(keyOf({schema, name: constraint}), 1);
  }

  #add(key: string, change: number): void {
    this.constraintNames.set(key, (this.constraintNames.get(key) ?? 0) + change);
  }

  hasConstraint(name: FullName): boolean {
    return (this.constraintNames.get(keyOf(name)) ?? 0) > 0;
  }
}
