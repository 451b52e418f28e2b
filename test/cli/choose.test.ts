import {describe, expect, it} from 'vitest';
import {candidatesFromEnvironment, type Candidate} from '../../src/cli/candidates.ts';
import {choose, type Choices} from '../../src/cli/choose.ts';

const secret = 'kX9-secret';
const file = (name: string): Candidate => {
  const host = `${name.replaceAll(/\W+/g, '-').replace(/^-/, '')}.example`;
  const [candidate] = candidatesFromEnvironment({DATABASE_URL: `postgres://app@${host}/shop`}, {});
  if (!candidate?.target.ok) throw new Error('no candidate');
  const connection = {...candidate.target.value.connection, name};
  return {
    ...candidate,
    name,
    source: {label: '.env', path: `/r/.env.${name}`},
    target: {ok: true, value: {connection}},
  };
};

const nothing: Choices = {environment: [], repository: [], home: [], variables: {}, defaults: {user: 'me'}};
const environment = candidatesFromEnvironment(
  {DATABASE_URL: `postgres://app:${secret}@env.example/shop`},
  {},
);
const variables = {
  REPLICA: `postgres://app:${secret}@replica.example/shop`,
  EDITOR: 'vi',
  BAD: `postgres://u:${secret}@h:notaport/d`,
};

describe('the connection that is chosen', () => {
  it.each<[string, string | undefined, Partial<Choices>, string]>([
    ['the only one of the repository', undefined, {repository: [file('local')]}, 'local.example'],
    ['the environment, before files', undefined, {environment, repository: [file('local')]}, 'env.example'],
    ['a name', 'b', {repository: [file('a'), file('b')], environment}, 'b.example'],
    ['a name from the home folder', 'h', {home: [file('h')]}, 'h.example'],
    ['an environment variable', 'REPLICA', {variables}, 'replica.example'],
    ['the variable of a file', 'B', {repository: [file('.env A'), file('.env B')]}, 'env-B.example'],
    ['a file with one connection', '.env', {repository: [file('.env A'), file('x B')]}, 'env-A.example'],
    ['a URL', 'postgresql://app@url.example/shop', {repository: [file('a')]}, 'url.example'],
    ['keywords', 'host=words.example dbname=shop', {}, 'words.example'],
  ])('%s', (_name, wanted, choices, host) => {
    const target = choose(wanted, {...nothing, ...choices});
    expect(target.ok && target.value.connection.settings.endpoints[0]?.host).toBe(host);
  });

  it.each<[string, string | undefined, Partial<Choices>, RegExp]>([
    ['nothing there', undefined, {home: [file('h')]}, /Known from your home folder: "h"/],
    ['several', undefined, {repository: [file('a'), file('b')]}, /"a", "b".*--connection/],
    ['an unknown name', 'c', {repository: [file('a')]}, /"c" names no connection.*"a"/],
    [
      'a part of two names',
      '.env',
      {repository: [file('.env A'), file('.env B'), file('c')]},
      /There are "\.env A", "\.env B"\./,
    ],
    ['a password in a URL', `postgres://u:${secret}@h/d`, {}, /environment variable/],
    ['a password in a parameter', `postgres://u@h/d?password=${secret}`, {}, /environment variable/],
    ['a password in keywords', `host=h password=${secret}`, {}, /environment variable/],
    ['a password without a scheme', `u:${secret}@h/d`, {}, /not a PostgreSQL address/],
    ['a variable that holds something else', 'EDITOR', {variables}, /not a PostgreSQL address/],
    ['a variable with a malformed URL', 'BAD', {variables}, /port/],
    ['another database', 'mysql://u@h/d', {}, /MySQL/],
  ])('is refused: %s', (_name, wanted, choices, text) => {
    const target = choose(wanted, {...nothing, ...choices});
    if (target.ok) throw new Error('it was accepted');
    expect(target.failure.reason).toBe('invalid-input');
    expect(`${target.failure.message} ${target.failure.advice}`).toMatch(text);
    expect(JSON.stringify(target)).not.toContain(secret);
  });
});

it('reads libpq variables as libpq does', () => {
  const [candidate] = candidatesFromEnvironment(
    {PGHOST: 'prod-db', PGPORT: '6000', PGDATABASE: 'shop', PGPASSWORD: secret, PGSSLMODE: 'require'},
    {user: 'me'},
  );
  expect(candidate?.target).toMatchObject({
    ok: true,
    value: {
      password: secret,
      connection: {
        environment: 'production',
        settings: {
          endpoints: [{host: 'prod-db', port: 6000}],
          database: 'shop',
          user: 'me',
          sslMode: 'require',
        },
      },
    },
  });
});
