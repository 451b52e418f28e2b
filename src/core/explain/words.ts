import type {Estimate} from './attribution.ts';
import {textField} from './fields.ts';
import type {PlanNode} from './plan.ts';

/** Bytes of one block of a server that was built as usual. */
const blockSize = 8192;

const aggregates: Readonly<Record<string, string>> = {
  Plain: 'Aggregate',
  Sorted: 'GroupAggregate',
  Hashed: 'HashAggregate',
  Mixed: 'MixedAggregate',
};

/**
 * Names a node in the words of EXPLAIN's text format, without the schema: `Parallel Hash Left Join`,
 * `Index Scan Backward using orders_pkey on orders o`. Names are as the catalog has them, without quotes.
 * Source: ExplainNode and ExplainScanTarget in explain.c
 */
export function nodeTitle(node: PlanNode): string {
  const parallel = node.fields['Parallel Aware'] === true ? 'Parallel ' : '';
  const async = node.fields['Async Capable'] === true ? 'Async ' : '';
  return `${parallel}${async}${stepOf(node)}${indexOf(node)}${targetOf(node)}`;
}

function stepOf(node: PlanNode): string {
  const {type} = node;
  switch (type) {
    case 'Aggregate':
      return aggregateOf(node);
    case 'Nested Loop':
    case 'Hash Join':
    case 'Merge Join':
      return joinOf(node);
    case 'SetOp':
      return `${textField(node, 'Strategy') === 'Hashed' ? 'HashSetOp' : 'SetOp'}${after(' ', node, 'Command')}`;
    case 'ModifyTable':
      return textField(node, 'Operation') ?? type;
    case 'Foreign Scan': {
      const operation = textField(node, 'Operation') ?? 'Select';
      return operation === 'Select' ? type : `Foreign ${operation}`;
    }
    case 'Custom Scan': {
      const provider = textField(node, 'Custom Plan Provider');
      return provider === undefined ? type : `${type} (${provider})`;
    }
    default:
      return type;
  }
}

function aggregateOf(node: PlanNode): string {
  const mode = textField(node, 'Partial Mode') ?? 'Simple';
  const step = aggregates[textField(node, 'Strategy') ?? 'Plain'] ?? node.type;
  return mode === 'Simple' ? step : `${mode} ${step}`;
}

function joinOf(node: PlanNode): string {
  const kind = textField(node, 'Join Type') ?? 'Inner';
  return kind === 'Inner' ? node.type : `${node.type.replace(/ Join$/, '')} ${kind} Join`;
}

function indexOf(node: PlanNode): string {
  if (node.type === 'Bitmap Index Scan') return after(' on ', node, 'Index Name');
  const backward = textField(node, 'Scan Direction') === 'Backward' ? ' Backward' : '';
  return `${backward}${after(' using ', node, 'Index Name')}`;
}

const objects = ['Relation Name', 'Function Name', 'Table Function Name', 'CTE Name', 'Tuplestore Name'];

function targetOf(node: PlanNode): string {
  const object = objects.map(name => textField(node, name)).find(name => name !== undefined);
  const alias = textField(node, 'Alias');
  const words = [...new Set([object, alias].filter(word => word !== undefined))];
  return words.length === 0 ? '' : ` on ${words.join(' ')}`;
}

function after(words: string, node: PlanNode, field: string): string {
  const value = textField(node, field);
  return value === undefined ? '' : `${words}${value}`;
}

/** @returns a time as `0.012 ms`, `12.3 ms`, `1.23 s`, `2 min 5 s` or `3 h 4 min`: three digits that count. */
export function formatMs(ms: number): string {
  const size = Math.abs(ms);
  if (size >= 59_950) return long(ms);
  const {unit, divisor, digits} = scaleOf(size);
  return ms === 0 ? '0 ms' : `${fixed(ms / divisor, digits)} ${unit}`;
}

/**
 * @param epsilonMs what `ms` may be off by
 * @returns `ms` as `formatMs` writes it, followed by its error where the error reaches the digits that are shown
 * (`1.2 ± 0.5 ms`)
 */
export function formatWithEpsilon(ms: number, epsilonMs: number): string {
  const {unit, divisor, digits} = scaleOf(Math.max(Math.abs(ms), epsilonMs));
  const unitOfLastDigit = divisor * 10 ** -digits;
  // The server prints thousandths, so an error of one of them goes without saying.
  const matters = epsilonMs >= Math.max(unitOfLastDigit / 2, 0.0015);
  if (!matters || Math.abs(ms) >= 59_950) return formatMs(ms);
  const error = (Math.ceil(epsilonMs / unitOfLastDigit) * unitOfLastDigit) / divisor;
  return `${fixed(ms / divisor, digits)} ± ${fixed(error, digits)} ${unit}`;
}

/** The thresholds are where rounding reaches the next one, so that there is no `1000 ms`. */
function scaleOf(ms: number): {readonly unit: string; readonly divisor: number; readonly digits: number} {
  if (ms < 0.9995) return {unit: 'ms', divisor: 1, digits: 3};
  if (ms < 9.995) return {unit: 'ms', divisor: 1, digits: 2};
  if (ms < 99.95) return {unit: 'ms', divisor: 1, digits: 1};
  if (ms < 999.5) return {unit: 'ms', divisor: 1, digits: 0};
  if (ms < 9995) return {unit: 's', divisor: 1000, digits: 2};
  return {unit: 's', divisor: 1000, digits: 1};
}

function long(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${sign}${grouped(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** `toFixed` writes -0 where a negative number rounds to nothing. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** @returns a number of rows to the row, as `1,234,567`; below ten with two decimals where it has any. */
export function formatRows(rows: number): string {
  const decimals = Math.abs(rows) < 10 && !Number.isInteger(rows) ? 2 : 0;
  return decimals > 0 ? String(Number(rows.toFixed(decimals))) : grouped(Math.round(rows));
}

/** @returns what that many 8 kB blocks take, as `12.3 MB`. */
export function formatBlocks(blocks: number): string {
  return formatBytes(blocks * blockSize);
}

/** @returns bytes in the units of `pg_size_pretty`, where 1 kB is 1024 bytes: `512 B`, `8 kB`, `12.3 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  // From 999.5 on, three digits would round to a fourth.
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${significant(value)} ${units[unit] ?? 'B'}`;
}

/** @returns how far an estimate was off: `exact`, `1.5× too low`, `1,200× too high`. */
export function formatFactor({factor, direction}: Estimate): string {
  const amount = significant(factor);
  if (direction === 'exact' || amount === '1') return 'exact';
  return `${amount}× too ${direction === 'too-low' ? 'low' : 'high'}`;
}

/** Three digits that count, or every digit before the point; no exponent, no trailing zeros. */
function significant(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  const text = value.toFixed(digits);
  return digits === 0 ? grouped(Number(text)) : String(Number(text));
}

/** `toLocaleString` depends on the machine; this does not. */
function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
