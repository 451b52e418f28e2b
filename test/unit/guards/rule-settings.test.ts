import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {ruleProperties, withRuleSettings} from '../../../scripts/rules/settings.ts';

const manifest = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');

it('offers every rule in the settings, and no other; npm run rules writes them', () => {
  expect(JSON.parse(manifest)).toEqual(JSON.parse(withRuleSettings(manifest)));
  expect(Object.keys(ruleProperties())).toContain('index-not-concurrent');
});
