import {describe, expect, it} from 'vitest';
import {documents, type Documents} from '../../src/cli/json.ts';
import {parseOpenMetrics} from '../rig/open-metrics.ts';
import {documentOf, shop, useCli} from './repository.ts';
import type {Ended} from './rig.ts';

const {cli, repository} = useCli();

/** An index that no one can mistake, with a name that would be markup elsewhere. */
const twins = `
CREATE TABLE "a<b>|c" (id bigint PRIMARY KEY, note text);
CREATE INDEX one ON "a<b>|c" (note);
CREATE INDEX "two<i>" ON "a<b>|c" (note);
INSERT INTO "a<b>|c" SELECT g, g::text FROM generate_series(1, 2000) g;
ANALYZE;`;

function healthOf(ended: Ended): Documents['health'] {
  return documents.health.parse(documentOf('health', ended));
}

describe.each([14, 18] as const)('health on PostgreSQL %i', major => {
  it('says what it found, what it cost, and what it could not see', async () => {
    const {path: cwd, database} = await repository(major, shop);
    await database.sql(twins);
    const ended = await cli().run(['health', 'DATABASE_URL', '--level', 'never', '--json'], {cwd});
    expect(ended.code).toBe(0);
    const health = healthOf(ended);
    expect(health.findings).toEqual(
      expect.arrayContaining([expect.objectContaining({check: 'index-duplicate', area: 'indexes'})]),
    );
    expect(health.grades.find(({area}) => area === 'indexes')?.reason).not.toBe('');
    expect(health.cost.serverMs).toBeGreaterThan(0);
    expect(health.cost.rows).toBeGreaterThan(10);
    expect(Object.values(health.reading).map(({kind}) => kind)).toContain('seen');
  });

  if (major === 18)
    it('has one report in four forms, in which a name is never markup', async () => {
      const {path: cwd, database} = await repository(major, shop);
      await database.sql(twins);
      const run = async (form: string): Promise<string> => {
        const ended = await cli().run(['health', 'DATABASE_URL', '--level', 'never', '--format', form], {
          cwd,
        });
        expect(ended.code).toBe(0);
        return ended.stdout;
      };
      expect(await run('text')).toMatch(/^.env DATABASE_URL {2}PostgreSQL \d+/);
      const markdown = await run('markdown');
      expect(markdown).toContain('# Health of .env DATABASE\\_URL');
      expect(markdown.replaceAll(/^```sql$[^]*?^```$/gm, '')).not.toMatch(/<b>|<i>/);
      const html = await run('html');
      expect(html).toContain('a&lt;b&gt;|c');
      expect(html).not.toContain('<script');
      const metrics = await run('openmetrics');
      expect(metrics).toMatch(/^howdah_connections\{connection=".env DATABASE_URL",state="active"\} \d+$/m);
      expect(parseOpenMetrics(metrics).length).toBeGreaterThan(20);
      const otlp: unknown = JSON.parse(await run('otlp'));
      expect(otlp).toMatchObject({
        resourceMetrics: [
          {scopeMetrics: [{metrics: expect.arrayContaining([expect.objectContaining({unit: 'By'})])}]},
        ],
      });
    });
});

it('fails with 8 for what is at least as severe as asked', async () => {
  const {path: cwd, database} = await repository(16, shop);
  await database.sql(twins);
  const strict = await cli().run(['health', 'DATABASE_URL', '--level', 'information'], {cwd});
  expect(strict.code).toBe(8);
  const off = healthOf(
    await cli().run(['health', 'DATABASE_URL', '--off', 'index-duplicate', '--level', 'never', '--json'], {
      cwd,
    }),
  );
  expect(off.findings.map(({check}) => check)).not.toContain('index-duplicate');
});

it.each([
  [['--level', 'fatal'], /fatal is no severity/],
  [['--format', 'pdf'], /pdf is unknown/],
  [['--off', 'index-dup'], /index-dup is no check/],
])('refuses %j in words', async (args, words) => {
  const {path: cwd} = await repository(18, shop);
  const ended = await cli().run(['health', 'DATABASE_URL', ...args], {cwd});
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(words);
});
