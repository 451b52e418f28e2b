import {formatBytes, formatMs, formatRows} from '../../src/core/explain/words.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** @returns a time that goes on, in two units at most: `40 ms`, `0.4 s`, `12 s`, `4 min 5 s`, `3 h 4 min`, `12 d 4 h` */
export function duration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms === 0) return '0 s';
  if (ms < 95) return `${Math.ceil(ms)} ms`;
  if (ms < 950) return `${Math.round(ms / 100) / 10} s`;
  if (ms < minute) return `${Math.max(1, Math.floor(ms / 1000))} s`;
  if (ms < hour) return two(ms, minute, 'min', 1000, 's');
  if (ms < day) return two(ms, hour, 'h', minute, 'min');
  return two(ms, day, 'd', hour, 'h');
}

function two(ms: number, large: number, unit: string, small: number, further: string): string {
  const rest = Math.floor((ms % large) / small);
  return `${formatRows(Math.floor(ms / large))} ${unit}${rest === 0 ? '' : ` ${rest} ${further}`}`;
}

/** @returns what something took: `0.11 ms`, `8.88 s`, `34 min`, `12 d 4 h` */
export function time(milliseconds: number): string {
  return milliseconds < minute ? formatMs(milliseconds) : duration(milliseconds);
}

/** @returns `4 min 5 s ago`, or what stands for never */
export function ago(at: number | undefined, now: number, never = 'never'): string {
  return at === undefined ? never : `${largest(now - at)} ago`;
}

/** @returns a time in its largest unit */
export function largest(milliseconds: number): string {
  return duration(milliseconds).split(' ').slice(0, 2).join(' ');
}

/** @returns `0`, `0.42`, `7.3`, `120`, `4,300`, `12.4 k`, `3.1 M`: a number per second, or a large count */
export function short(value: number): string {
  if (value === 0) return '0';
  if (value < 0.01) return '< 0.01';
  if (value < 9.95) return String(Number(value.toPrecision(2)));
  if (value < 9999.5) return formatRows(Math.round(value));
  const [divisor, unit] = value < 999_500 ? [1e3, 'k'] : value < 999.5e6 ? [1e6, 'M'] : [1e9, 'G'];
  const scaled = value / divisor;
  return `${scaled < 99.95 ? Number(scaled.toFixed(1)) : formatRows(Math.round(scaled))} ${unit}`;
}

/** @returns a share of 1 as `99.42 %`, `42 %`, `0 %`: more digits where they matter, at both ends */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return '< 0.1 %';
  // 99.97 must not read as if nothing were missing.
  if (value > 99 && value < 100) return `${Math.min(99.99, Number(value.toFixed(2)))} %`;
  return `${value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)} %`;
}

export function bytesPerSecond(value: number): string {
  return `${formatBytes(Math.round(value))}/s`;
}

/** @returns a moment by the user's clock, with the day unless it is today */
export function moment(at: number, now: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString('en-GB');
  if (new Date(now).toDateString() === date.toDateString()) return time;
  return `${date.toLocaleDateString('en-GB', {day: 'numeric', month: 'short', year: 'numeric'})} ${time}`;
}

/** @returns the text on one line, cut where nobody would read on */
export function oneLine(text: string, most = 240): string {
  const line = text
    .slice(0, most * 2)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}
