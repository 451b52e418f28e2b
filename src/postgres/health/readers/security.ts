import type * as z from 'zod/mini';
import {ok, type Failure, type Outcome} from '../../../core/outcome.ts';
import {
  DefinerFunction,
  HbaRule,
  PublicGrant,
  RoleRow,
  RowSecurity,
  type SecurityPart,
} from '../../../core/health/parts/security.ts';
import {amount, flag, record, text} from '../../../core/health/shape.ts';
import {isFinal, type Ask, type PartReader} from '../reader.ts';
import {
  definerFunctionsSql,
  hbaSql,
  publicCreatesSql,
  publicGrantsSql,
  rolesSql,
  rowSecuritySql,
  securityRightsSql,
} from '../sql/security.ts';

const Rights = record({
  passwords: flag,
  hba: flag,
  passwordEncryption: text,
  tls: flag,
  encryptedSessions: amount,
  plainSessions: amount,
});
type Rights = z.infer<typeof Rights>;

/**
 * Reads who may do what; passwords' kinds and pg_hba.conf only where the role may see them. pg_hba.conf comes last: where
 * the server cannot read the file, its transaction is over, and what was read before stays.
 */
export const securityReader: PartReader<'security'> = {
  part: 'security',
  async read(ask) {
    const found = await ask.rows(securityRightsSql, [], Rights);
    if (!found.ok) return found;
    const [rights] = found.value;
    if (rights === undefined)
      return ok({kind: 'hidden', why: 'The server did not say what this role may see.'});
    const value = await readPart(ask, rights);
    if (!value.ok) return value;
    const rules = rights.hba ? await ask.rows(hbaSql(ask.server.versionNumber), [], HbaRule) : undefined;
    if (rules?.ok === false && isFinal(rules.failure)) return rules;
    const gaps = gapsOf(rights, ask);
    if (!rules) return ok({kind: 'read', value: value.value, gaps});
    return rules.ok
      ? ok({kind: 'read', value: {...value.value, hba: rules.value}, gaps})
      : ok({kind: 'read', value: value.value, gaps: [...gaps, unreadable(rules.failure)]});
  },
};

async function readPart(ask: Ask, rights: Rights): Promise<Outcome<SecurityPart>> {
  const {passwords, hba: _, ...shown} = rights;
  const roles = await ask.rows(rolesSql(passwords), [], RoleRow);
  if (!roles.ok) return roles;
  const creates = await ask.rows(publicCreatesSql, [], record({name: text}));
  if (!creates.ok) return creates;
  const grants = await ask.rows(publicGrantsSql, [], PublicGrant);
  if (!grants.ok) return grants;
  const rowSecurity = await ask.rows(rowSecuritySql, [], RowSecurity);
  if (!rowSecurity.ok) return rowSecurity;
  const functions = await ask.rows(definerFunctionsSql, [], DefinerFunction);
  if (!functions.ok) return functions;
  return ok({
    ...shown,
    roles: roles.value,
    publicCreates: creates.value.map(({name}) => name),
    publicGrants: grants.value,
    rowSecurity: rowSecurity.value,
    definerFunctions: functions.value,
  });
}

function unreadable({message}: Failure): string {
  return `The rules of pg_hba.conf: the server could not read the file. It says: ${message}`;
}

function gapsOf({passwords, hba}: Rights, {server}: Ask): readonly string[] {
  return [
    ...(passwords ? [] : ['How passwords are stored: only superusers may read pg_authid.']),
    ...(hba
      ? []
      : ['The rules of pg_hba.conf: only superusers see them, and who may execute pg_hba_file_rules().']),
    ...(server.readsAllStats
      ? []
      : ['Whether sessions of other roles are encrypted: members of pg_read_all_stats see that.']),
  ];
}
