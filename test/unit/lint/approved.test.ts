import {expect, it} from 'vitest';
import {rules} from '../../../src/core/lint/rules.ts';
import {lintWith} from '../../../scripts/rules/run-example.ts';
import {approved} from './approved-migrations.ts';

it.each(approved)('$name', async example => {
  const findings = await lintWith(rules, example, example.sql);
  const told = findings.map(({rule, severity, what}) => `${severity} ${rule}: ${what}`);
  expect(told.filter(words => /^(?:error|warning)/.test(words))).toEqual([]);
  expect(told.filter(words => words.startsWith('information')).length, told.join('\n')).toBeLessThanOrEqual(
    1,
  );
});

// What up made may go again.
it.each(approved.filter(({counterpart}) => counterpart))(
  '$name, taken back',
  async ({counterpart = '', sql, ...world}) => {
    const findings = await lintWith(rules, {...world, direction: 'down', counterpart: sql}, counterpart);
    const told = findings.map(({rule, severity, what}) => `${severity} ${rule}: ${what}`);
    expect(told.filter(words => /^(?:error|warning)/.test(words))).toEqual([]);
  },
);
