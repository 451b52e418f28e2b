import type {Parts} from '../../src/core/health/parts.ts';
import {counted, enumeratedInShort} from '../../src/core/words.ts';
import {formatRows} from '../../src/core/explain/words.ts';
import {block, factList, smallTable, worth} from './block.ts';
import {moment} from './format.ts';
import {seen} from './model.ts';
import type {Panel, Part} from './panel.ts';

type Security = Parts['security'];

export function securityBlock(panel: Panel): Part {
  return block(panel, {
    title: 'Security',
    parts: ['security'],
    area: 'security',
    content: ({reading}) => {
      const part = seen(reading, 'security');
      if (part === undefined) return [];
      return [facts(part), ...roles(part, panel.now())];
    },
  });
}

function facts(part: Security): HTMLElement {
  const {tls, encryptedSessions, plainSessions, passwordEncryption, publicCreates, publicGrants} = part;
  const name = ({schema, name: one}: {readonly schema: string; readonly name: string}): string =>
    `${schema}.${one}`;
  const open = part.rowSecurity.filter(({enabled, policies}) => enabled && policies === 0).map(name);
  const definers = part.definerFunctions.map(name);
  const trusted = (part.hba ?? []).filter(({method, type}) => method === 'trust' && type !== 'local');
  return factList(
    ['TLS', worth(tls ? 'on' : 'off', !tls)],
    [
      'Sessions over a network',
      `${formatRows(encryptedSessions)} encrypted, ${formatRows(plainSessions)} not`,
    ],
    ['Passwords', worth(passwordEncryption, passwordEncryption !== 'scram-sha-256'), 'password_encryption'],
    [
      'PUBLIC may create in',
      publicCreates.length === 0 ? 'no schema' : worth(enumeratedInShort(publicCreates), true),
    ],
    [
      'PUBLIC may use',
      publicGrants.length === 0 ? 'no table' : worth(enumeratedInShort(publicGrants.map(name)), true),
    ],
    [
      'Row security',
      `${counted(part.rowSecurity.length, 'table')}${open.length === 0 ? '' : `; without a policy: ${enumeratedInShort(open)}`}`,
    ],
    [
      'SECURITY DEFINER',
      definers.length === 0
        ? 'each has its search_path'
        : worth(`without search_path: ${enumeratedInShort(definers)}`, true),
    ],
    [
      'pg_hba.conf',
      part.hba === undefined
        ? 'not seen'
        : trusted.length === 0
          ? `${formatRows(part.hba.length)} rules, none trusts a network`
          : worth(
              `trusts a network in line ${enumeratedInShort(trusted.map(({line}) => String(line)))}`,
              true,
            ),
    ],
  );
}

/** Those who may do more than others. */
function roles({roles}: Security, now: number): readonly HTMLElement[] {
  const shown = roles.filter(
    role =>
      role.superuser ||
      role.bypassesRowSecurity ||
      role.replication ||
      (role.login && role.validUntil !== undefined),
  );
  if (shown.length === 0) return [];
  return [
    smallTable(
      'Roles with special rights',
      ['Role', 'Rights', 'Password', 'Valid until'],
      shown
        .slice(0, 30)
        .map(({name, login, superuser, bypassesRowSecurity, replication, password, validUntil}) => [
          name,
          [
            superuser && 'superuser',
            login && 'login',
            bypassesRowSecurity && 'bypasses row security',
            replication && 'replication',
          ]
            .filter(right => right !== false)
            .join(', '),
          password === undefined ? '' : worth(password, password === 'md5' || password === 'plain'),
          validUntil === undefined ? '' : worth(moment(validUntil, now), validUntil < now),
        ]),
    ),
  ];
}
