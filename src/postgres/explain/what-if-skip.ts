import {textField} from '../../core/explain/fields.ts';
import {planOfJson} from '../../core/explain/parse-json.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import {setValidSql} from './sql/what-if-restore.ts';
import {explainJson, type PlanRequest} from './what-if-explain.ts';
import type {ShapeRow} from './what-if-index.ts';

export interface SkipContext {
  /** Of the server: `server_version_num`. */
  readonly version: number;
  /** Names of indexes in the server's own plan. */
  readonly used: ReadonlySet<string>;
  readonly shapes: readonly ShapeRow[];
}

export interface PlanWithoutSkips {
  readonly text: string;
  /** Names of indexes that were left out. */
  readonly skipped: readonly string[];
}

/** Each round leaves at least one index out. */
const mostRounds = 5;

/**
 * Plans as a server before PostgreSQL 18 would, which cannot skip through a B-tree whose first column has no
 * condition: an index that only such a scan makes worth reading is left out. Nothing switches the skip scan off.
 * Source: https://www.postgresql.org/docs/18/release-18.html#RELEASE-18-OPTIMIZER
 */
export async function explainWithoutSkips(
  session: Session,
  plan: PlanRequest,
  {version, used, shapes}: SkipContext,
  signal?: Signal,
): Promise<Outcome<PlanWithoutSkips>> {
  const skipped: string[] = [];
  for (let round = 0; ; round += 1) {
    const text = await explainJson(session, plan, signal);
    if (!text.ok) return text;
    const found = version >= 180000 || round === mostRounds ? [] : skippingIn(text.value, shapes);
    const left = found.filter(({name}) => !used.has(name) && !skipped.includes(name));
    if (left.length === 0) return ok({text: text.value, skipped});
    for (const {oid, name} of left) {
      const hidden = await session.query(setValidSql, [oid, false], signal);
      if (!hidden.ok) return hidden;
      skipped.push(name);
    }
  }
}

/** @returns the B-trees that a plan goes through by conditions without their first column */
function skippingIn(text: string, shapes: readonly ShapeRow[]): readonly ShapeRow[] {
  const plans = planOfJson(JSON.parse(text), text);
  if (!plans.ok) return [];
  const conditions = plans.value
    .flatMap(({nodes}) => nodes)
    .flatMap(node => {
      const [index, condition] = [textField(node, 'Index Name'), textField(node, 'Index Cond')];
      return index === undefined || condition === undefined ? [] : [{index, condition}];
    });
  return shapes.filter(
    ({name, method, keys: [leading = '']}) =>
      method === 'btree' &&
      conditions.some(({index, condition}) => index === name && !mentions(condition, leading)),
  );
}

/** With VERBOSE a column has its table before it, and an expression its own columns so too. */
function mentions(condition: string, leading: string): boolean {
  const words = leading.match(/"(?:[^"]|"")+"|[\w\u0080-\uffff$]+/g) ?? [];
  const name = words.at(-1) ?? leading;
  const escaped = name.replaceAll(/[$"]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\w"])${escaped}(?![\w"])`).test(condition);
}

/** @returns the names of the indexes in a plan */
export function indexesIn(text: string): ReadonlySet<string> {
  const plans = planOfJson(JSON.parse(text), text);
  if (!plans.ok) return new Set();
  return new Set(
    plans.value.flatMap(({nodes}) => nodes).flatMap(node => textField(node, 'Index Name') ?? []),
  );
}
