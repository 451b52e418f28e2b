/** A family of metrics as its text says. */
export interface ParsedFamily {
  readonly name: string;
  readonly type: string;
  readonly unit: string | undefined;
  readonly help: string | undefined;
  readonly samples: readonly ParsedSample[];
}

export interface ParsedSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const metricName = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const labelName = '[a-zA-Z_][a-zA-Z0-9_]*';
/** Any character but a line feed, a quote and a backslash; or a backslash with what it escapes. */
const escapedText = String.raw`(?:[^\n"\\]|\\.)*`;
const realNumber = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN]`;

const metadataLine = new RegExp(`^# (TYPE|UNIT|HELP) (${metricName}) (.*)$`, 's');
const sampleLine = new RegExp(`^(${metricName})(?:\\{(.*)\\})? (${realNumber})$`, 's');
const label = new RegExp(`(${labelName})="(${escapedText})"(,|$)`, 'sy');
const help = new RegExp(`^${escapedText}$`, 's');

/** What a sample's name has behind that of its family. */
const suffixes: Readonly<Record<string, readonly string[]>> = {gauge: [''], counter: ['_total', '_created']};
const order = ['TYPE', 'UNIT', 'HELP'];

interface Draft {
  readonly name: string;
  readonly metadata: Map<string, string>;
  readonly samples: ParsedSample[];
}

/**
 * Reads gauges and counters, as strictly as the specification has it: what it says that an exposer must or should do is
 * asked for, and what may be left out is not understood (timestamps, exemplars, other types).
 * @throws for the first line that breaks a rule, with the rule
 * Source: https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md
 */
export function parseOpenMetrics(text: string): readonly ParsedFamily[] {
  if (/\p{Surrogate}/u.test(text)) throw new Error('it is not UTF-8');
  if (!text.endsWith('# EOF\n')) throw new Error('the last line is not EOF');
  const families: Draft[] = [];
  const series = new Set<string>();
  const lines = text.slice(0, -'# EOF\n'.length).split('\n');
  if (lines.pop() !== '') throw new Error('EOF is not a line of its own');
  for (const line of lines) {
    const metadata = metadataLine.exec(line);
    if (metadata) takeMetadata(families, metadata);
    else takeSample(families, series, line);
  }
  return families.map(finished);
}

function takeMetadata(families: Draft[], [line, kind = '', name = '', value = '']: RegExpExecArray): void {
  if (families.at(-1)?.name !== name) {
    if (families.some(family => family.name === name)) throw new Error(`${name} is not in one piece`);
    families.push({name, metadata: new Map(), samples: []});
  }
  const family = families.at(-1);
  if (!family) return;
  if (family.samples.length > 0) throw new Error(`metadata after a sample: ${line}`);
  if ([...family.metadata.keys()].some(one => order.indexOf(one) >= order.indexOf(kind)))
    throw new Error(`metadata twice, or not in the order of TYPE, UNIT and HELP: ${line}`);
  if (kind === 'TYPE' && suffixes[value] === undefined) throw new Error(`no type that is known: ${line}`);
  if (kind === 'HELP' && !help.test(value)) throw new Error(`help that is not escaped: ${line}`);
  if (kind === 'UNIT' && !name.endsWith(`_${value}`)) throw new Error(`the name lacks the unit: ${line}`);
  family.metadata.set(kind, value);
}

function takeSample(families: readonly Draft[], series: Set<string>, line: string): void {
  const [, name, labelText = '', number = ''] = sampleLine.exec(line) ?? [];
  const family = families.at(-1);
  if (name === undefined || !family) throw new Error(`neither metadata nor a sample of a family: ${line}`);
  const type = family.metadata.get('TYPE') ?? '';
  if (!suffixes[type]?.some(suffix => name === `${family.name}${suffix}`))
    throw new Error(`not a name for a ${type} of ${family.name}: ${line}`);
  const labels = labelsOf(labelText, line);
  const key = JSON.stringify([name, Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
  if (series.has(key)) throw new Error(`a series twice: ${line}`);
  series.add(key);
  const value = Number(number.replace(/inf.*/i, 'Infinity'));
  if (type === 'counter' && !(value >= 0)) throw new Error(`a counter below zero, or not a number: ${line}`);
  family.samples.push({labels, value});
}

function labelsOf(text: string, line: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  label.lastIndex = 0;
  for (let at = 0; at < text.length; at = label.lastIndex) {
    const [, name = '', value = '', end] = label.exec(text) ?? [];
    if (end === undefined) throw new Error(`labels that are not well formed: ${line}`);
    if (name in labels) throw new Error(`a label twice: ${line}`);
    if (name.startsWith('__')) throw new Error(`a reserved label: ${line}`);
    labels[name] = value.replaceAll(/\\(.)/gs, (_, sign: string) => (sign === 'n' ? '\n' : sign));
  }
  return labels;
}

function finished({name, metadata, samples}: Draft): ParsedFamily {
  const type = metadata.get('TYPE');
  if (type === undefined) throw new Error(`${name} has no type`);
  return {name, type, unit: metadata.get('UNIT'), help: metadata.get('HELP'), samples};
}
