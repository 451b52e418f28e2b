import {expect, it} from 'vitest';
import {createModel} from '../../../../src/core/lint/model/model.ts';
import {createParseCache} from '../../../../src/core/lint/parse-cache.ts';
import {parsePassage} from '../../../../src/core/lint/parse-passage.ts';
import {takenBy} from '../../../../src/core/lint/rules/support/taken-locks.ts';
import {levelOf} from '../../../../src/core/rehearse/locks.ts';
import {createParser} from '../../../../src/parser/libpg-query.ts';
import {lockCases, lockSetup} from '../../../postgres/rehearse/lock-cases.ts';

const cache = createParseCache(createParser());
const short = ['AS', 'RS', 'RX', 'SUE', 'S', 'SRE', 'X', 'AE'];
/** Weaker ones stop neither reads nor writes. */
const strong = new Set(['S', 'SRE', 'X', 'AE']);

const model = createModel();
for (const {statement} of (await parsePassage(cache, lockSetup)).statements) model.apply(statement);

/**
 * What only running it tells: a DO block, who uses a domain, what goes with CASCADE, which tablespace it is in already. The
 * EXCLUSIVE of a concurrent refresh stops other refreshes only.
 */
const unknown = /^(?:DO|ALTER DOMAIN|REFRESH MATERIALIZED VIEW CONCURRENTLY|.* CASCADE$|.* SET TABLESPACE)/;
const tables = new Set([...model.relations()].filter(({kind}) => kind !== 'view').map(({name}) => name));

/** Partitions follow their parent; it is the parent that a statement names. */
const follows = new Set(['events_old', 'events_rest', 'days_old']);

it.each(lockCases.filter(([sql]) => !unknown.test(sql)).map(([sql, seen]) => ({sql, seen})))(
  '$sql',
  async ({sql, seen}) => {
    const [{statement} = {}] = (await parsePassage(cache, sql)).statements;
    if (!statement) throw new Error('no statement');
    const taken = takenBy({statement, before: model});
    const said = new Map<string, number>();
    for (const {name, mode} of taken) said.set(name.name, Math.max(said.get(name.name) ?? 0, levelOf(mode)));
    const found = [...said].map(([name, level]) => `${short[level - 1]} ${name}`).filter(isStrong);
    const [locks = ''] = seen.replace(/^alone: /, '').split('; ');
    const expected = locks.split(', ').filter(isStrong);
    expect(found.toSorted()).toEqual(expected.toSorted());
    const long = taken.filter(({work}) => work !== 'none').map(({name}) => name.name);
    const works = new Set(
      [...seen.matchAll(/(?:rewrites|scans) ([^;]+)/g)].flatMap(([, names = '']) => names.split(', ')),
    );
    expect([...new Set(long)].filter(name => !works.has(name) && !isParent(name))).toEqual([]);
  },
);

function isStrong(lock: string): boolean {
  const [mode = '', name = ''] = lock.split(' ');
  return strong.has(mode) && tables.has(name) && !follows.has(name);
}

function isParent(name: string): boolean {
  return name === 'events' || name === 'days';
}
