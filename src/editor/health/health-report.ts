import {env, l10n} from 'vscode';
import type {HealthReport} from '../../core/health/report.ts';
import {healthHtml} from '../../core/health/report/html.ts';
import {healthJson} from '../../core/health/report/json.ts';
import {healthMarkdown} from '../../core/health/report/markdown.ts';
import type {Parts} from '../parts.ts';
import {saveFile} from '../save-file.ts';

export interface ReportRequest {
  readonly format: 'markdown' | 'html' | 'json';
  readonly to: 'editor' | 'file' | 'clipboard';
}

/** Copies the report, opens it, or asks where to and writes it there. It is the one that the command line makes. */
export async function makeHealthReport(
  {context, documents}: Parts,
  report: HealthReport,
  {format, to}: ReportRequest,
): Promise<void> {
  const content = textOf(report, format);
  if (to === 'clipboard') return env.clipboard.writeText(content);
  if (to === 'editor') {
    const extension = {markdown: 'md', html: 'html', json: 'json'}[format];
    return documents.open(l10n.t('Health of {0}.{1}', report.name, extension), format, content);
  }
  await saveFile(context.workspaceState, {
    dialog: l10n.t('Save Report'),
    title: `health-${report.name}`,
    kind: format,
    content,
  });
}

function textOf(report: HealthReport, format: ReportRequest['format']): string {
  switch (format) {
    case 'markdown':
      return healthMarkdown(report);
    case 'html':
      return healthHtml(report);
    case 'json':
      return `${JSON.stringify(healthJson(report), undefined, 2)}\n`;
    default:
      return format satisfies never;
  }
}
