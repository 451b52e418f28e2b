import type {Metric, Point} from './metrics.ts';

export interface OtlpAbout {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of every number, such as the connection's name. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly version: string;
}

/** `AGGREGATION_TEMPORALITY_CUMULATIVE` */
const cumulative = 2;

/**
 * @returns an ExportMetricsServiceRequest as a value for JSON, which the OpenTelemetry Collector takes by HTTP and from files
 * Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function otlpMetrics(metrics: readonly Metric[], {at, attributes, version}: OtlpAbout): object {
  const time = `${BigInt(Math.round(at)) * 1_000_000n}`;
  return {
    resourceMetrics: [
      {
        resource: {attributes: pairs({'service.name': 'howdah', ...attributes})},
        scopeMetrics: [
          {
            scope: {name: 'howdah', version},
            metrics: metrics.map(metric => otlp(metric, time)),
          },
        ],
      },
    ],
  };
}

function otlp({name, help, kind, unit, points}: Metric, timeUnixNano: string): object {
  const dataPoints = points.map(({labels, value}) => ({
    attributes: pairs(labels),
    timeUnixNano,
    asDouble: value,
  }));
  const data =
    kind === 'gauge'
      ? {gauge: {dataPoints}}
      : {sum: {dataPoints, aggregationTemporality: cumulative, isMonotonic: true}};
  return {name: name.replace(/_total$/, '').replaceAll('_', '.'), description: help, unit, ...data};
}

function pairs(labels: Point['labels']): readonly object[] {
  return Object.entries(labels).map(([key, stringValue]) => ({key, value: {stringValue}}));
}
