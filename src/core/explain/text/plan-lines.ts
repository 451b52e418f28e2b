import type {Collected} from './draft.ts';

/** Reads `work_mem = '8MB', jit = 'off'`. Values are not escaped, so one that itself looks like a list is cut. */
export function settings(value: string): Collected {
  const fields: Collected = {};
  const one = /([\w.]+) = (?:'(.*?)'|(NULL))(?=, [\w.]+ = ['N]|$)/gs;
  for (const [, name = '', text, none] of value.matchAll(one))
    fields[name] = none === undefined ? (text ?? '') : null;
  return fields;
}

/** Reads `Serialization: time=0.012 ms  output=3kB  format=text` of PostgreSQL 17 and later; ms and kB. */
export function serialization(line: string): Collected | undefined {
  const found = /^Serialization: (?:time=([\d.]+) ms {2})?output=(\d+)kB {2}format=(\w+)$/.exec(line);
  if (!found) return undefined;
  const [, time, volume, format = ''] = found;
  return {
    ...(time === undefined ? {} : {Time: Number(time)}),
    'Output Volume': Number(volume),
    Format: format,
  };
}

/**
 * Reads `Trigger audit for constraint total_check on orders: time=0.123 calls=3`; ms. Names are not quoted: the last
 * ` on ` is taken to come before the table.
 */
export function trigger(line: string): Collected | undefined {
  const found = /^Trigger (.+): (?:time=([\d.]+) )?calls=(\d+)$/.exec(
    line.replace(/^Trigger for/, 'Trigger  for'),
  );
  if (!found) return undefined;
  const [, about = '', time, calls] = found;
  const [, names = about, table] = /^(.*) on (.+?)$/.exec(about) ?? [];
  const [name = '', constraint] = names.split(' for constraint ');
  return {
    ...(name === '' ? {} : {'Trigger Name': name}),
    ...(constraint === undefined ? {} : {'Constraint Name': constraint}),
    ...(table === undefined ? {} : {Relation: table}),
    ...(time === undefined ? {} : {Time: Number(time)}),
    Calls: Number(calls),
  };
}
