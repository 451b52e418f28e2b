import {describe, expect, it} from 'vitest';
import {gatherSearches} from '../../src/core/gathered-files.ts';
import {matcherOf, withoutBraces} from '../../src/core/glob.ts';

describe('a glob', () => {
  it.each([
    ['**/*.sql', 'a.sql', true],
    ['**/*.sql', 'db/migrations/a.sql', true],
    ['**/*.sql', 'db/a.sql.bak', false],
    ['*.sql', 'db/a.sql', false],
    ['**/.env', 'api/.env', true],
    ['**/.env', 'api/x.env', false],
    ['.env*', '.env.local', true],
    ['**/[0-9]*.ts', 'm/0001_a.ts', true],
    ['**/[0-9]*.ts', 'm/a1.ts', false],
    ['**/*_*.up.*', 'db/1_a.up.sql', true],
    ['**/{Makefile,*.mk,compose*.yml}', 'ci/build.mk', true],
    ['**/{Makefile,*.mk,compose*.yml}', 'compose.dev.yml', true],
    ['**/{Makefile,*.mk,compose*.yml}', 'Makefile.am', false],
    ['a?c', 'abc', true],
    ['a(b)+.sql', 'a(b)+.sql', true],
  ])('%s, and %s: %s', (glob, path, expected) => expect(matcherOf(glob)(path)).toBe(expected));

  it('stands for several without its braces', () => {
    expect(withoutBraces('{a,b}/{c,d}')).toEqual(['a/c', 'a/d', 'b/c', 'b/d']);
    expect(withoutBraces('{a,{b,c}}')).toEqual(['a', 'b', 'c']);
  });
});

describe('searches', () => {
  const present = ['/r/.env', '/r/db/1_a.up.sql', '/r/db/1_a.down.sql', '/r/package.json'];
  const files = () => {
    const searches: (readonly string[])[] = [];
    const gathered = gatherSearches(['/r'], async (_, globs) => {
      searches.push([...globs]);
      return present;
    });
    return {find: (glob: string) => gathered.find(glob), searches};
  };

  it('are one for all that is asked for at the same time, and each gets its own', async () => {
    const {find, searches} = files();
    const found = await Promise.all([find('**/*.up.sql'), find('**/package.json'), find('**/*.up.sql')]);
    expect(found).toEqual([['/r/db/1_a.up.sql'], ['/r/package.json'], ['/r/db/1_a.up.sql']]);
    expect(searches).toEqual([['**/*.up.sql', '**/package.json']]);
  });

  it('are not made twice for the same', async () => {
    const {find, searches} = files();
    await find('**/.env');
    expect(await find('**/.env')).toEqual(['/r/.env']);
    expect(await find('**/*.sql')).toHaveLength(2);
    expect(searches).toEqual([['**/.env'], ['**/*.sql']]);
  });
});
