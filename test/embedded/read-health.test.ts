import {expect, it} from 'vitest';
import {assess} from '../../src/core/health/assess.ts';
import {openSession} from '../../src/postgres/connect.ts';
import {readHealth} from '../../src/postgres/health/read-health.ts';
import {openOptions, value} from '../rig/sessions.ts';
import {useRig} from './rig.ts';

const rig = useRig();

const parts = ['tables', 'settings', 'security', 'statements', 'extensions'] as const;

it('reads tables, settings and security of the embedded server', async () => {
  const playground = await rig.shared();
  const {password: _, ...options} = openOptions;
  const session = value(await openSession(playground.settings, options));
  value(
    await session.script('CREATE TABLE orders (id int PRIMARY KEY); CREATE POLICY p ON orders USING (true)'),
  );
  const {reading} = value(await readHealth(session, parts));
  await session.close();
  const kinds = parts.map(part => [part, reading[part]?.kind === 'hidden' ? reading[part].why : 'seen']);
  expect(Object.fromEntries(kinds)).toEqual({
    tables: 'seen',
    settings: 'seen',
    security: 'seen',
    statements: expect.stringContaining('pg_stat_statements'),
    extensions: 'seen',
  });
  const {findings} = await assess(reading);
  expect(findings.map(({check}) => check)).toContain('row-security-without-policy');
});
