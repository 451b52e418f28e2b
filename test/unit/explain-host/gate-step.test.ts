import {expect, it} from 'vitest';
import {afterRefusal, confirmed, firstStep} from '../../../src/editor/explain/gate-step.ts';

const development = {environment: 'development', readOnly: false} as const;
const staging = {environment: 'staging', readOnly: false} as const;
const production = {environment: 'production', readOnly: false} as const;
const readOnly = {environment: 'development', readOnly: true} as const;
const readOnlyProduction = {environment: 'production', readOnly: true} as const;

it.each(['explain', 'generic'] as const)('%s asks nothing anywhere, because it executes nothing', mode => {
  for (const target of [development, production, readOnly])
    for (const kind of ['reads', 'writes', 'escapes'] as const)
      expect(firstStep({kind}, mode, target)).toEqual({kind: 'go'});
});

it.each([
  ['a read in development', 'reads', development, {kind: 'go', guard: 'read-only'}],
  ['a read in staging', 'reads', staging, {kind: 'go', guard: 'read-only'}],
  ['a read on a read-only connection', 'reads', readOnly, {kind: 'go', guard: 'read-only'}],
  ['a read in production', 'reads', production, {kind: 'type-name', guard: 'read-only'}],
  ['a write in development', 'writes', development, {kind: 'ask', about: 'writes', guard: 'rolled-back'}],
  ['a write in production', 'writes', production, {kind: 'ask', about: 'writes', guard: 'rolled-back'}],
  ['a write on a read-only connection', 'writes', readOnly, {kind: 'plan-only'}],
  ['what no transaction undoes', 'escapes', development, {kind: 'ask', about: 'escapes', guard: 'read-only'}],
  [
    'what no transaction undoes, in production',
    'escapes',
    production,
    {kind: 'ask', about: 'escapes', guard: 'read-only'},
  ],
] as const)('before it is executed: %s', (_, kind, target, step) => {
  expect(firstStep({kind}, 'analyze', target)).toEqual(step);
});

it.each([
  ['rolled-back', development, {kind: 'go', guard: 'rolled-back'}],
  ['rolled-back', production, {kind: 'type-name', guard: 'rolled-back'}],
  ['rolled-back', readOnly, {kind: 'plan-only'}],
  ['read-only', readOnly, {kind: 'go', guard: 'read-only'}],
  ['read-only', readOnlyProduction, {kind: 'type-name', guard: 'read-only'}],
] as const)('once %s was chosen on %j', (guard, target, step) => {
  expect(confirmed(guard, target)).toEqual(step);
});

it('asks, when the server refused a read-only execution, unless the connection may not write', () => {
  expect(afterRefusal(production)).toEqual({kind: 'ask', about: 'writes', guard: 'rolled-back'});
  expect(afterRefusal(readOnly)).toEqual({kind: 'plan-only'});
});
