import {describe, expect, it} from 'vitest';
import type {Assessment} from '../../../src/core/health/assess.ts';
import type {HealthFinding} from '../../../src/core/health/finding.ts';
import type {Reading} from '../../../src/core/health/parts.ts';
import type {HealthReport} from '../../../src/core/health/report.ts';
import {healthHtml} from '../../../src/core/health/report/html.ts';
import {healthJson} from '../../../src/core/health/report/json.ts';
import {healthMarkdown} from '../../../src/core/health/report/markdown.ts';
import {metricsOf} from '../../../src/core/health/report/metrics.ts';
import {otlpMetrics} from '../../../src/core/health/report/otlp.ts';
import {someReading} from '../../webview/health-values.ts';

const at = Date.UTC(2026, 10, 21, 15, 4, 5);
const wicked = '<img src=x onerror=alert(1)> `a|b` [c](d) \\ "e"\n# f';

function finding(more: Partial<HealthFinding> = {}): HealthFinding {
  return {
    check: 'index-unused',
    area: 'indexes',
    severity: 'warning',
    what: `${wicked} was not used in 94 days`,
    why: 'Every write keeps it up to date.',
    fix: 'Drop it.',
    evidence: [wicked],
    actions: [
      {
        kind: 'migration',
        title: 'Drop it',
        migrations: [{title: 'drop it', up: 'DROP INDEX CONCURRENTLY "a```b";', down: 'CREATE INDEX …;'}],
      },
    ],
    ...more,
  };
}

function reportOf(findings: readonly HealthFinding[], reading: Reading = someReading): HealthReport {
  const assessment: Assessment = {
    findings,
    grades: [{area: 'indexes', grade: 'C', reason: wicked}],
    checks: [
      {id: 'index-unused', area: 'indexes', title: 'Unused', outcome: {kind: 'looked', findings}, gaps: []},
      {
        id: 'statement-slow',
        area: 'queries',
        title: 'Slow',
        gaps: [],
        outcome: {kind: 'not-looked', why: wicked, advice: 'Install it.'},
      },
    ],
  };
  return {
    name: wicked,
    at,
    reading,
    assessment,
    cost: {serverMs: 41.2, elapsedMs: 96, rows: 812, statements: 21},
  };
}

describe('a report', () => {
  it('is a page in which nothing from the database is markup', () => {
    const html = healthHtml(reportOf([finding()]));
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).toContain(`default-src 'none'`);
    expect([...html.matchAll(/<h1>/g)]).toHaveLength(1);
  });

  it('is a document in which nothing from the database is markup', () => {
    const markdown = healthMarkdown(reportOf([finding()]));
    const text = markdown.replaceAll(/^(`{3,})sql$[^]*?^\1$/gm, '');
    expect(text).not.toMatch(/<img|(?<!\\)`a/);
    expect(text).not.toMatch(/^# f/m);
    // The name of the index would close a fence of three.
    expect(markdown).toContain('````sql\nDROP INDEX CONCURRENTLY "a```b";\n````');
  });

  it('tells many findings of one check as one list, with what they free together', () => {
    const many = Array.from({length: 120}, (_, index) =>
      finding({what: `i${index} was not used`, bytes: 1_048_576}),
    );
    const markdown = healthMarkdown(reportOf(many));
    expect(markdown).toContain('### Warning: 120 findings of index-unused, 120 MB');
    expect(markdown).toContain('And 20 more.');
    expect(markdown.match(/was not used/g)).toHaveLength(100);
  });

  it('names each reason for not seeing once', () => {
    expect(healthMarkdown(reportOf([]))).toContain('Install it. Not looked at: statement-slow.');
    expect(healthJson(reportOf([])).notSeen).toEqual([
      {check: 'statement-slow', why: wicked, advice: 'Install it.'},
    ]);
  });

  it('says that nothing was found', () => {
    expect(healthMarkdown(reportOf([], {}))).toContain('## Nothing was found');
  });
});

describe('metrics', () => {
  const metrics = metricsOf(reportOf([finding(), finding({severity: 'error'})]));

  it('have one family each, whose counters end in _total', () => {
    const names = metrics.map(({name}) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const {name, kind} of metrics) expect(name.endsWith('_total')).toBe(kind === 'counter');
    for (const {points} of metrics) for (const {value} of points) expect(Number.isFinite(value)).toBe(true);
  });

  it('are an OTLP request with times in nanoseconds', () => {
    expect(otlpMetrics(metrics, {at, attributes: {'howdah.connection': 'shop'}, version: '1'})).toMatchObject(
      {
        resourceMetrics: [
          {
            scopeMetrics: [
              {
                metrics: expect.arrayContaining([
                  expect.objectContaining({
                    name: 'howdah.findings',
                    unit: '1',
                    gauge: {
                      dataPoints: expect.arrayContaining([
                        {
                          attributes: [{key: 'severity', value: {stringValue: 'error'}}],
                          timeUnixNano: `${at}000000`,
                          asDouble: 1,
                        },
                      ]),
                    },
                  }),
                  expect.objectContaining({
                    name: 'howdah.commits',
                    sum: expect.objectContaining({aggregationTemporality: 2, isMonotonic: true}),
                  }),
                ]),
              },
            ],
          },
        ],
      },
    );
  });

  it('leave out what was not seen', () => {
    const names = metricsOf(reportOf([], {})).map(({name}) => name);
    expect(names).toEqual(['howdah_findings', 'howdah_look_server_seconds']);
  });
});
