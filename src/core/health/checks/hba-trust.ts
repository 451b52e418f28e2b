import {enumeratedInShort} from '../../words.ts';
import {defineCheck} from '../check.ts';
import type {Found} from '../finding.ts';
import type {HbaRule} from '../parts/security.ts';

export const check = defineCheck({
  id: 'hba-trust',
  area: 'security',
  title: 'Rules that let everybody in',
  page: {
    looks:
      'Rules of pg_hba.conf with `trust`: an error where they hold for other machines, information for sockets and loopback. `password` without TLS, and lines with an error.',
    silent: 'Where the role may not see the rules, or the server cannot read the file.',
    sources: [
      'https://www.postgresql.org/docs/current/auth-trust.html',
      'https://www.postgresql.org/docs/current/view-pg-hba-file-rules.html',
      '`pg_hba_file_rules`',
    ],
  },
  needs: ['security'],
  look({security: {hba = []}}) {
    const trusting = hba.filter(({method}) => method === 'trust');
    return [
      ...trusting.filter(rule => !isLocal(rule)).map(open),
      ...localFinding(trusting.filter(isLocal)),
      ...hba
        .filter(rule => rule.method === 'password' && rule.type !== 'hostssl' && !isLocal(rule))
        .map(clear),
      ...hba.flatMap(rule => (rule.error === undefined ? [] : [broken(rule, rule.error)])),
    ];
  },
});

function isLocal({type, address = ''}: HbaRule): boolean {
  return type === 'local' || /^(127\.|::1|localhost|samehost)/.test(address);
}

function lineOf({type, databases, users, address, method}: HbaRule): string {
  return [type, databases.join(','), users.join(','), address, method]
    .filter(part => part !== undefined && part !== '')
    .join(' ');
}

function placeOf({file = 'pg_hba.conf', line}: HbaRule): string {
  return `Line ${line} of ${file}`;
}

const afterwards =
  'Then reload the configuration. Rules are tried from the top and the first that fits counts.';
const seen = 'By pg_hba_file_rules, which shows the file as it is on disk.';

function open(rule: HbaRule): Found {
  return {
    severity: 'error',
    what: `${placeOf(rule)} lets ${rule.users.includes('all') ? 'every role' : enumeratedInShort(rule.users)} in from ${rule.address || 'anywhere'} without a password`,
    why: 'With trust the server believes whoever connects that he is who he says, superuser included.',
    fix: `Write scram-sha-256 instead of trust. ${afterwards}`,
    evidence: [`${lineOf(rule)}.`, seen],
    actions: [],
  };
}

function localFinding(rules: readonly HbaRule[]): readonly Found[] {
  if (rules.length === 0) return [];
  return [
    {
      severity: 'information',
      what: 'Whoever is on the server’s machine connects as any role without a password',
      why: 'Every user and program of the machine becomes superuser of the database with trust. In a container of its own that may be meant.',
      fix: `Write peer for sockets and scram-sha-256 for loopback addresses instead of trust. ${afterwards}`,
      evidence: [...rules.slice(0, 5).map(rule => `${placeOf(rule)}: ${lineOf(rule)}.`), seen],
      actions: [],
    },
  ];
}

function clear(rule: HbaRule): Found {
  return {
    severity: 'warning',
    what: `${placeOf(rule)} asks for passwords in clear text`,
    why: 'With password the client sends its password as it is. Without TLS everybody on the way reads it.',
    fix: `Write scram-sha-256 instead of password. ${afterwards}`,
    evidence: [`${lineOf(rule)}.`, seen],
    actions: [],
  };
}

/** A line that was understood has its type; one that was not keeps the whole file from being loaded. */
function broken(rule: HbaRule, error: string): Found {
  const understood = rule.type !== '';
  return {
    severity: understood ? 'information' : 'warning',
    what: understood
      ? `${placeOf(rule)} fits nobody`
      : `${placeOf(rule)} is in error, so the file is not loaded`,
    why: understood
      ? `The server says: ${error}. Whom it was meant for goes by a later rule, or is turned away.`
      : `The server keeps the rules that it had, and does not start with this file. It says: ${error}.`,
    fix: 'Correct the line and reload the configuration.',
    evidence: [seen],
    actions: [],
  };
}
