import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {attribute} from '../../../src/core/explain/attribute.ts';
import {findingsOf} from '../../../src/core/explain/findings/findings.ts';
import {planMarkdown, type PlanAbout} from '../../../src/core/explain/markdown.ts';
import {readPlans} from '../../../src/core/explain/read-plans.ts';
import {value} from '../../rig/sessions.ts';

const plans = join(import.meta.dirname, '../../fixtures/plans');

function documentOf(text: string, about: Partial<PlanAbout> = {}): string {
  const [plan] = value(readPlans(text));
  if (!plan) throw new Error('no plan');
  const attribution = attribute(plan);
  return planMarkdown(attribution, findingsOf(attribution), {
    title: 'A plan',
    statement: '',
    facts: [],
    ...about,
  });
}

const fixture = (name: string): string => readFileSync(join(plans, `${name}.json`), 'utf8');

describe('a plan as Markdown', () => {
  it('has the figures, the statement, the findings and the tree', () => {
    const document = documentOf(fixture('orders-report-18'), {
      title: 'Disputed orders',
      statement: 'SELECT 1;',
      facts: [['Connection', 'shop']],
    });
    expect(document).toMatch(
      /^# Disputed orders\n\n\*\*1\.27 s\*\* execution, 0\.458 ms planning, 17 nodes\n/,
    );
    expect(document).toContain('- Connection: shop');
    expect(document).toContain('```sql\nSELECT 1;\n```');
    expect(document).toContain('### 1. Reads all of payments');
    expect(document).toContain('CREATE INDEX');
    expect(document).toContain('|Node|Self|Total|Rows|Estimate|Loops|Read|');
    expect(document.split('\n').filter(line => line.startsWith('|'))).toHaveLength(2 + 17);
    expect(document).toContain(`|${'\u00A0'.repeat(12)}Seq Scan on payments|1.19 s|1.19 s|78|exact|117|`);
  });

  it('tells costs where nothing was executed', () => {
    const document = documentOf(fixture('orders-report-estimated-18'));
    expect(document).toContain('**Cost 15,364**, estimated');
    expect(document).toContain('|Node|Cost|Total cost|Rows|');
    expect(document).not.toContain('execution');
  });

  it.each([
    ['<img src=x>', '&#60;img src=x&#62;'],
    ['a|b', 'a&#124;b'],
    ['`code`', '\\`code\\`'],
    ['[x](y)', '\\[x\\](y)'],
    ['**bold**', '\\*\\*bold\\*\\*'],
    ['line\n# break', 'line \\# break'],
    ['&amp;', '&#38;amp;'],
  ])('keeps %j text', (name, written) => {
    const text = JSON.stringify([
      {Plan: {'Node Type': 'Seq Scan', 'Relation Name': name, 'Total Cost': 1, 'Plan Rows': 1}},
    ]);
    const document = documentOf(text, {title: name, facts: [['Connection', name]]});
    expect(document.split('\n')[0]).toBe(`# ${written}`);
    expect(document).toContain(`- Connection: ${written}`);
    expect(document).toContain(`|Seq Scan on ${written}|`);
  });

  it('has a fence that the statement cannot close', () => {
    expect(documentOf(fixture('orders-report-18'), {statement: "SELECT '```'"})).toContain(
      "````sql\nSELECT '```'\n````",
    );
  });
});
