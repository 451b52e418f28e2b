import type {ObjectOf, SchemaKind, SchemaObject, SchemaSnapshot} from '../objects.ts';
import type {ReconcilingStatement} from '../reconciliation.ts';

/** A statement as a writer makes it: `inside` unless it says otherwise, and about the object at hand. */
export type Draft = Omit<ReconcilingStatement, 'transaction' | 'about'> &
  Partial<Pick<ReconcilingStatement, 'transaction' | 'about'>> & {
    /** Keys of what has to be there before this one statement, beyond what the object itself needs. */
    readonly after?: readonly string[];
    /** What the object itself needs waits for this statement only: the shell of a type, for the type's functions. */
    readonly early?: true;
  };

/** A difference that no statement removes, with the reason in a sentence. */
export interface NoStatement {
  readonly leftOut: string;
}

export type Written = Draft | NoStatement;

/** What a writer may ask about the whole migration. */
export interface WriteContext {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
  /** Of the older of the two servers, such as 140012: syntax has to be known to it. */
  readonly versionNumber: number;
  readonly safe: boolean;
  /** Whether `to` has other roles than the database has, as a replay does: those that are not here are not named. */
  readonly otherRoles?: boolean;
  /** Whether this migration makes the object, for the first time or again: nothing in it can be in use. */
  readonly creates: (key: string) => boolean;
  /** Whether this migration drops the object, for good or to make it again. */
  readonly drops: (key: string) => boolean;
}

export interface Changed<K extends SchemaKind> {
  readonly before: ObjectOf<K>;
  readonly after: ObjectOf<K>;
  /** Names of `AttributesOf<K>` that differ; only these are to be changed. */
  readonly attributes: ReadonlySet<string>;
}

/** Writes the statements for one kind of object. The order among objects is not its concern. */
export interface Writer<K extends SchemaKind> {
  /** With owner, comment, privileges and labels (`objects/common.ts`). Called too when it is made again. */
  create(object: ObjectOf<K>, context: WriteContext): readonly Written[];
  /** Not called for a part (one with `parent`) that goes with its parent. */
  drop(object: ObjectOf<K>, context: WriteContext): readonly Written[];
  /** `recreate`: it and all that needs it are dropped, and made again as in `to`. */
  change(change: Changed<K>, context: WriteContext): readonly Written[] | 'recreate';
  /**
   * Whether something that needs the changed object has to be dropped before the change and made again after it, as a
   * view on a column whose type changes. Absent: nothing has to.
   */
  displaces?(change: Changed<K>, dependant: SchemaObject, context: WriteContext): boolean;
  /**
   * How an object that must not be dropped (it holds data) lets go of what is made again, and takes hold of it after
   * that. `before` runs ahead of the drop of `cause`, `after` once it is there again. Absent, or `recreate`: it is
   * dropped and made again.
   */
  letGo?(object: ObjectOf<K>, cause: SchemaObject, context: WriteContext): LetGo | 'recreate';
}

export interface LetGo {
  readonly before: readonly Written[];
  readonly after: readonly Written[];
  /** Its type is another one in between, so that views on it have to give way. */
  readonly retypes?: true;
}

export type Writers = {readonly [K in SchemaKind]?: Writer<K>};

/** Where the words of ALTER, COMMENT ON, GRANT and SECURITY LABEL point to. */
export interface Target {
  /** As in COMMENT ON: `TABLE`, `FUNCTION`, `MATERIALIZED VIEW`, `CONSTRAINT`. */
  readonly what: string;
  /** Qualified and quoted, with a signature: `public.f(integer)`; of a part, `c ON public.orders`. */
  readonly name: string;
}
