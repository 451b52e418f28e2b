import {fail, ok, type Outcome} from '../outcome.ts';
import {withoutByteOrderMark} from '../sql/byte-order-mark.ts';
import {planOfJson} from './parse-json.ts';
import type {ExplainedPlan} from './plan.ts';
import {scanJson} from './text/json-scan.ts';
import {logRecords, type LogRecord} from './text/log-records.ts';
import {emptyText, notAPlan, notJson} from './text/not-a-plan.ts';
import {textPlans} from './text/text-plans.ts';
import {unframed} from './text/unframed.ts';

type Plans = Outcome<readonly ExplainedPlan[]>;

/**
 * Reads the plans of anything that a user can paste or open: EXPLAIN's text or JSON, alone or in psql's frames, with a
 * prompt, footers and prose around it, in Markdown, in a mail, as CSV or as a driver's rows; and logs of auto_explain,
 * whose plans carry their query and, in the field `duration`, the logged ms.
 * @param text of any size; it is read in linear time
 * @returns at least one plan, in the text's order; `invalid-input` says what the text is instead, and what to do
 */
export function readPlans(text: string): Plans {
  const clean = withoutByteOrderMark(text).replaceAll('\r\n', '\n');
  const first = clean.search(/\S/);
  if (first === -1) return emptyText();
  return readNested(clean, first, 0);
}

/** A text can hold a text that holds a plan, as JSON of a driver does. */
const deepest = 4;

function readNested(text: string, first: number, depth: number): Plans {
  const isJson = '[{"'.includes(text[first] ?? '');
  const value = isJson ? parsed(text) : undefined;
  if (value !== undefined && depth < deepest) return ofValue(value, text, depth);
  const records = logRecords(text);
  if (records.length > 0) return ofRecords(records);
  return ofLines(text, first);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ofValue(value: unknown, text: string, depth: number): Plans {
  if (typeof value === 'string') return nested(value, depth);
  const cells = planColumn(value);
  if (cells !== undefined) {
    if (cells.every(cell => typeof cell === 'string')) return nested(cells.join('\n'), depth);
    return planOfJson(cells.flat(), text);
  }
  const records = isPlan(value) ? [] : logRecords(text);
  return records.length > 0 ? ofRecords(records) : planOfJson(value, text);
}

function nested(text: string, depth: number): Plans {
  const first = text.search(/\S/);
  return first === -1 ? emptyText() : readNested(text, first, depth + 1);
}

/** Rows of a driver or a grid: `[{"QUERY PLAN": …}]`, also below the statement's own name. */
function planColumn(value: unknown): readonly unknown[] | undefined {
  const rows: unknown = Array.isArray(value) || !isObject(value) ? value : Object.values(value)[0];
  if (!Array.isArray(rows) || rows.length === 0) return undefined;
  const cells = rows.map((row: unknown) => (isObject(row) ? row['QUERY PLAN'] : undefined));
  return cells.includes(undefined) ? undefined : cells;
}

function isPlan(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isObject(first) && 'Plan' in first;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What one record does not yield, another one may: only if none does, the first one's failure counts. */
function ofRecords(records: readonly LogRecord[]): Plans {
  const outcomes = records.map(ofRecord);
  const plans = outcomes.flatMap(outcome => (outcome.ok ? outcome.value : []));
  return plans.length > 0 ? ok(plans) : (outcomes[0] ?? emptyText());
}

function ofRecord({duration, body}: LogRecord): Plans {
  const plans = planOfBody(body);
  if (!plans.ok) return plans;
  if (plans.value.length === 0) return ofUnknownBody(body);
  return ok(plans.value.map(plan => ({...plan, fields: {duration, ...plan.fields}})));
}

function planOfBody(body: string): Plans {
  const start = body.search(/\S/);
  // XML holds the query, and that may hold the text of a plan.
  if (body[start] === '<') return ok([]);
  if (body[start] !== '{') return textPlans(body.split('\n'), {single: true});
  const scan = scanJson(body, start);
  const source = scan.kind === 'complete' ? body.slice(start, scan.end) : '';
  const value = parsed(source);
  return value === undefined ? notJson(body, start) : planOfJson(value, source);
}

function ofUnknownBody(body: string): Plans {
  const outcome = notAPlan(body);
  if (outcome.ok) return outcome;
  const {message, advice} = outcome.failure;
  return fail('invalid-input', `The log has plans, but none that can be read. ${message}`, {
    advice: `Set auto_explain.log_format to text or json. ${advice ?? ''}`.trim(),
  });
}

function ofLines(text: string, first: number): Plans {
  const lines = unframed(text);
  const plans = withDocuments(lines);
  if (!plans.ok || plans.value.length > 0) return plans;
  // A prompt can begin with a bracket as well: `[local] postgres=#`.
  const isJson = /^[[{]\s*["[{]/.test(text.slice(first, first + 100));
  return isJson ? notJson(text, first) : notAPlan(text);
}

/** EXPLAIN's JSON begins with the plan, auto_explain's with the query. */
const document = /^[ \t]*(?:\[\s*)?\{\s*"(?:Plan|Query Text)"\s*:/gm;

/** @returns the plans of a text that is JSON in places; its other lines are read as text */
function withDocuments(lines: readonly string[]): Plans {
  const text = lines.join('\n');
  const plans: ExplainedPlan[] = [];
  let done = 0;
  for (const found of text.matchAll(document)) {
    if (found.index < done) continue;
    const start = found.index + found[0].search(/\S/);
    const scan = scanJson(text, start);
    const source = text.slice(start, scan.kind === 'complete' ? scan.end : start);
    const outcome = scan.kind === 'complete' ? planOfJson(parsed(source), source) : notJson(text, start);
    if (!outcome.ok) return outcome;
    const before = textPlans(text.slice(done, start).split('\n'));
    for (const plan of before.ok ? before.value : []) plans.push(plan);
    for (const plan of outcome.value) plans.push(plan);
    done = start + source.length;
  }
  const after = textPlans(done === 0 ? lines : text.slice(done).split('\n'));
  if (!after.ok) return plans.length > 0 ? ok(plans) : after;
  return ok([...plans, ...after.value]);
}
