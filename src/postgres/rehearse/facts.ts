import * as z from 'zod';
import {ok, type Failure, type Outcome} from '../../core/outcome.ts';
import {durationWords} from '../../core/rehearse/quantities.ts';
import type {TargetFacts} from '../../core/rehearse/report.ts';
import type {Queryable, Session, Signal} from '../../core/session.ts';
import {readRows, type ReadOptions} from '../catalog/read.ts';
import {number} from '../catalog/shapes.ts';
import {qualifiedName} from './relations.ts';
import {factsSql, writesSql} from './sql/facts.ts';

const sizeShape = z.object({name: z.string(), bytes: number, rows: number.exactOptional()});
const writesShape = z.object({
  schema: z.string(),
  name: z.string(),
  writes: number,
  age: number.exactOptional(),
});

/** Milliseconds between two looks below which their difference says nothing. */
const shortest = 2000;

/** What had been written at one moment. */
export interface WritesLook {
  /** Milliseconds of the process's own clock. */
  readonly at: number;
  readonly writes: ReadonlyMap<string, number>;
  /** Seconds since the statistics were reset, where that is known. */
  readonly age?: number;
}

/** What tables on the target are like: sizes as of now, writes between the first look and the last one. */
export class LiveFacts {
  readonly #session: Session;
  readonly #options: ReadOptions;
  readonly #first: Promise<Outcome<WritesLook>>;
  #known = new Map<string, TargetFacts>();
  #over: number | undefined;
  #missed: Failure | undefined;

  /** Looks for the first time at once. */
  constructor(session: Session, signal?: Signal) {
    this.#session = session;
    this.#options = signal ? {signal} : {};
    this.#first = this.#look();
  }

  /**
   * @param relations qualified, quoted where needed; those that the target does not have are left out
   * @returns a failure when the target does not answer; what could be read is then kept away
   */
  async read(relations: readonly string[]): Promise<Outcome<ReadonlyMap<string, TargetFacts>>> {
    const asked = [...new Set(relations)].filter(name => !this.#known.has(name));
    if (asked.length === 0) return ok(this.#known);
    const sizes = await readRows(this.#session, factsSql, [asked], sizeShape, this.#options);
    this.#missed = sizes.ok ? undefined : sizes.failure;
    if (!sizes.ok) return sizes;
    const [first, last] = [await this.#first, await this.#look()];
    for (const {name, bytes, rows} of sizes.value) {
      const traffic = first.ok && last.ok ? trafficOf(name, first.value, last.value) : undefined;
      this.#over = traffic?.writesOver ?? this.#over;
      this.#known.set(name, {bytes, ...(rows === undefined ? {} : {rows}), ...traffic});
    }
    return ok(this.#known);
  }

  /** @returns how the writes were counted, where any were, and what is not known */
  notes(): readonly string[] {
    const over = this.#over;
    const missed = this.#missed;
    return [
      ...(over === undefined
        ? []
        : [`Writes per second are an average over the last ${durationWords(over)}.`]),
      ...(missed ? [`Sizes and traffic on the target are not known: ${missed.message}`] : []),
    ];
  }

  #look(): Promise<Outcome<WritesLook>> {
    return lookAtWrites(this.#session, this.#options);
  }
}

/** @returns the rows written to each table since the statistics began, by qualified name */
export async function lookAtWrites(db: Queryable, options: ReadOptions = {}): Promise<Outcome<WritesLook>> {
  const rows = await readRows(db, writesSql, [], writesShape, options);
  if (!rows.ok) return rows;
  const age = rows.value[0]?.age;
  return ok({
    at: performance.now(),
    writes: new Map(rows.value.map(({schema, name, writes}) => [qualifiedName(schema, name), writes])),
    ...(age === undefined ? {} : {age}),
  });
}

/** Between the looks; where they are too close, since the statistics were reset. */
export function trafficOf(
  name: string,
  first: WritesLook,
  last: WritesLook,
): Pick<TargetFacts, 'writesPerSecond' | 'writesOver'> | undefined {
  const now = last.writes.get(name);
  if (now === undefined) return undefined;
  const elapsed = last.at - first.at;
  if (elapsed >= shortest) {
    const seconds = elapsed / 1000;
    return {writesPerSecond: Math.max(0, now - (first.writes.get(name) ?? 0)) / seconds, writesOver: seconds};
  }
  if (last.age === undefined || last.age <= 0) return undefined;
  return {writesPerSecond: now / last.age, writesOver: last.age};
}
