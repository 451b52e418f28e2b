import {describe, expect, it} from 'vitest';
import type {Finding} from '../../../src/core/lint/finding.ts';
import {rules} from '../../../src/core/lint/rules.ts';
import {groupOf} from '../../../scripts/rules/groups.ts';
import {loadRules} from '../../../scripts/rules/load-rules.ts';
import {fixedBy, lintExample, marked} from '../../../scripts/rules/run-example.ts';

const files = await loadRules();
const whole = files.flatMap(({id, rule, proof}) => (rule && proof ? [{id, rule, proof}] : []));

describe('every rule', () => {
  it.each(files)('$id is a rule with its proof', ({id, rule, proof, error}) => {
    expect(error).toBeUndefined();
    expect(rule?.id).toBe(id);
    expect(proof?.fires, 'examples that fire').not.toHaveLength(0);
    expect(proof?.silent, 'near misses').not.toHaveLength(0);
  });

  it.each(files)('$id has a place in the index of the rules', ({id}) => {
    expect(groupOf(id)).not.toBe('Others');
  });

  it('is in the list once', () => {
    expect(rules.map(({id}) => id).toSorted()).toEqual(files.map(({id}) => id));
  });
});

describe.each(whole)('$id', ({rule, proof}) => {
  it.each(proof.fires)('finds: $name', async example => {
    const {text, findings} = await lintExample(rule, example);
    expect(marked(text, findings)).toBe(example.sql);
    expect(example.sql, 'at least one range').toContain('«');
    for (const {what, why} of findings) {
      expect(what).toMatch(/^[^\n]+[^.!\n]$/);
      expect(why).toMatch(/^[^!]+\.$/);
    }
  });

  it.each(proof.fires.filter(({fixed}) => fixed !== undefined))('fixes: $name', async example => {
    const {text, findings} = await lintExample(rule, example);
    const fix = findings[0]?.fixes[0];
    expect(fix && fixedBy(text, fix)).toBe(example.fixed?.trim());
    const [fixed = ''] = (fix ? fixedBy(text, fix) : '').split('-- next migration');
    const left = await lintExample(rule, {...example, sql: fixed});
    const alike = (all: readonly Finding[]): number =>
      all.filter(({what}) => what === findings[0]?.what).length;
    expect(alike(left.findings), 'findings that are left').toBeLessThan(alike(findings));
  });

  it.each(proof.silent)('says nothing: $name', async example => {
    const {text, findings} = await lintExample(rule, example);
    expect(example.sql, 'no range').not.toContain('«');
    expect(marked(text, findings)).toBe(example.sql);
  });
});
