import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Claim} from '../../../src/core/lint/rule.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {majors, type Major} from '../../rig/servers.ts';
import {loadRules} from '../../../scripts/rules/load-rules.ts';
import {ClaimServer} from './claim-rig.ts';

const servers: ClaimServer[] = [];

beforeAll(async () => {
  const parser = createParser();
  servers.push(...(await Promise.all(majors.map(major => ClaimServer.open(major, parser)))));
});

afterAll(async () => {
  await Promise.all(servers.map(server => server.close()));
});

const all = (await loadRules()).flatMap(({id, proof}) => (proof ? [{id, claims: proof.claims}] : []));
const withClaims = all.filter(({claims}) => claims.length > 0);

it('finds claims', () => expect(withClaims.length).toBeGreaterThan(0));

describe.each(withClaims)('$id', ({claims}) => {
  const seen = new Map<Claim, Record<string, string>>(claims.map(claim => [claim, {}]));

  /** All servers at once, and what shares a setup in a row. */
  beforeAll(async () => {
    const sorted = claims.toSorted((a, b) => (a.setup ?? '').localeCompare(b.setup ?? ''));
    await Promise.all(
      servers.map(async server => {
        for (const claim of sorted) {
          const found = seen.get(claim);
          if (found && holdsOn(server.major, claim)) found[server.major] = await server.observe(claim);
        }
      }),
    );
  });

  it.each(claims.map(claim => ({claim, sql: claim.sql, since: [claim.from, claim.to]})))(
    '$sql $since',
    ({claim}) => {
      const on = majors.filter(major => holdsOn(major, claim));
      expect(on).not.toEqual([]);
      expect(seen.get(claim)).toEqual(Object.fromEntries(on.map(major => [major, written(claim)])));
    },
  );
});

function holdsOn(major: Major, {from = 14, to = 18}: Claim): boolean {
  return major >= from && major <= to;
}

/** A statement that runs alone may say so as `lockCases` do. */
function written({does}: Claim): string {
  return typeof does === 'string' ? does.replace(/^alone: /, '') : `fails ${does.fails}`;
}
