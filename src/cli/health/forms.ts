import type {HealthReport} from '../../core/health/report.ts';
import {healthHtml} from '../../core/health/report/html.ts';
import {healthMarkdown} from '../../core/health/report/markdown.ts';
import {metricsOf} from '../../core/health/report/metrics.ts';
import {openMetrics} from '../../core/health/report/open-metrics.ts';
import {otlpMetrics} from '../../core/health/report/otlp.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Paint} from '../paint.ts';
import {renderHealth} from '../render/health.ts';

interface FormOptions {
  readonly paint: Paint;
  /** The program's. */
  readonly version: string;
}

/** @returns what is printed */
export type Form = (report: HealthReport, options: FormOptions) => string;

const forms: Readonly<Record<string, Form>> = {
  text: (report, {paint}) => renderHealth(report, paint),
  markdown: healthMarkdown,
  html: healthHtml,
  openmetrics: report => openMetrics(metricsOf(report), {connection: report.name}),
  otlp: (report, {version}) => {
    const about = {at: report.at, attributes: {'howdah.connection': report.name}, version};
    return `${JSON.stringify(otlpMetrics(metricsOf(report), about))}\n`;
  },
};

export function formOf(name: string): Outcome<Form> {
  const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
  if (form) return ok(form);
  return fail('invalid-input', `--format ${name} is unknown.`, {
    advice: 'Give text, markdown, html, openmetrics or otlp.',
  });
}
