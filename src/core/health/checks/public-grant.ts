import {enumerated, enumeratedInShort} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import {shortName, sqlName} from '../words.ts';
import type {SecurityPart} from '../parts/security.ts';

type Grant = SecurityPart['publicGrants'][number];

const writes: ReadonlySet<string> = new Set([
  'INSERT',
  'UPDATE',
  'DELETE',
  'TRUNCATE',
  'TRIGGER',
  'REFERENCES',
  'MAINTAIN',
]);

export const check = defineCheck({
  id: 'public-grant',
  area: 'security',
  title: 'Tables that everybody may read or change',
  page: {
    looks: 'PUBLIC has privileges on tables or views, in schemas that PUBLIC may use.',
    silent: 'What belongs to an extension, and schemas that PUBLIC may not use.',
    sources: ['https://www.postgresql.org/docs/current/ddl-priv.html', '`pg_class.relacl`'],
  },
  needs: ['security'],
  look({security}) {
    const kinds = new Map<string, Grant[]>();
    for (const grant of security.publicGrants) {
      const key = grant.privileges.join(', ');
      const kind = kinds.get(key);
      if (kind) kind.push(grant);
      else kinds.set(key, [grant]);
    }
    return [...kinds.values()].map(findingOf);
  },
});

/** Tables with the same privileges make one finding: they were granted with one statement, or in one habit. */
function findingOf(grants: readonly Grant[]): Found {
  const privileges = grants[0]?.privileges ?? [];
  const change = privileges.some(privilege => writes.has(privilege));
  const tables = enumeratedInShort(grants.map(shortName));
  const list = grants.map(sqlName).join(', ');
  const what = privileges.join(', ');
  const [first] = grants;
  return {
    severity: change ? 'warning' : 'information',
    ...(grants.length === 1 && first
      ? {subject: {kind: 'table', schema: first.schema, name: first.name}}
      : {}),
    what: `Every role has ${enumerated(privileges)} on ${tables}`,
    why: 'A grant to PUBLIC holds for every role of the server, those that will be made later included. What is taken from a single role does not help against it.',
    fix: 'Revoke it from PUBLIC, and grant what is needed to the roles that need it.',
    evidence: [],
    actions: [
      {
        kind: 'migration',
        title: `Revoke ${enumerated(privileges)} from PUBLIC`,
        migrations: [
          {
            title: 'revoke table privileges from public',
            up: `REVOKE ${what} ON ${list} FROM PUBLIC;`,
            down: `GRANT ${what} ON ${list} TO PUBLIC;`,
          },
        ],
      },
    ],
  };
}
