import type {Metric, Point} from './metrics.ts';

/**
 * @param labels for every number, such as the connection's name
 * @returns the text that Prometheus and the OpenTelemetry Collector's Prometheus receiver read
 * Source: https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md
 */
export function openMetrics(metrics: readonly Metric[], labels: Readonly<Record<string, string>>): string {
  return `${metrics.map(metric => family(metric, labels)).join('')}# EOF\n`;
}

/** Words of units that a name ends in. */
const units = {By: 'bytes', s: 'seconds', 1: undefined} as const;

function family({name, help, kind, unit, points}: Metric, common: Point['labels']): string {
  // The family of a counter is named without the suffix that its samples have.
  const base = kind === 'counter' ? name.replace(/_total$/, '') : name;
  const lines = points.map(({labels, value}) => `${name}${labelSet({...common, ...labels})} ${value}\n`);
  const word = units[unit];
  const unitLine = word === undefined ? '' : `# UNIT ${base} ${word}\n`;
  return `# TYPE ${base} ${kind}\n${unitLine}# HELP ${base} ${escaped(help)}\n${lines.join('')}`;
}

function labelSet(labels: Point['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
