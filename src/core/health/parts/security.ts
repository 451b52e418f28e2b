import * as z from 'zod/mini';
import {amount, flag, list, maybe, moment, record, text} from '../shape.ts';

export const RoleRow = record({
  name: text,
  login: flag,
  superuser: flag,
  bypassesRowSecurity: flag,
  replication: flag,
  /** Only a superuser sees it. */
  password: maybe(z.enum(['none', 'md5', 'scram', 'plain'])),
  validUntil: maybe(moment),
  /** Made by initdb: it cannot be anything but a superuser. */
  bootstrap: maybe(flag),
});
export type RoleRow = z.infer<typeof RoleRow>;

export const PublicGrant = record({schema: text, name: text, privileges: list(text)});

export const RowSecurity = record({
  schema: text,
  name: text,
  enabled: flag,
  forced: flag,
  policies: amount,
  owner: text,
});
export type RowSecurity = z.infer<typeof RowSecurity>;

export const DefinerFunction = record({
  schema: text,
  name: text,
  arguments: text,
  /** `prokind`: `f` for a function, `p` for a procedure. */
  kind: maybe(text),
  owner: text,
  superuser: flag,
  publicExecutes: flag,
});
export type DefinerFunction = z.infer<typeof DefinerFunction>;

/** One line of pg_hba.conf as it is on disk, which counts after a reload. */
export const HbaRule = record({
  /** Without its folder; from 16, which can include others. */
  file: maybe(text),
  line: amount,
  type: text,
  databases: list(text),
  users: list(text),
  /** With the mask; empty for a local socket. */
  address: maybe(text),
  method: maybe(text),
  error: maybe(text),
});
export type HbaRule = z.infer<typeof HbaRule>;

/** Who may do what that they should not. */
export const SecurityPart = record({
  roles: list(RoleRow),
  passwordEncryption: text,
  /** `ssl`. */
  tls: flag,
  /** Of the sessions over a network that this role may see. */
  encryptedSessions: amount,
  plainSessions: amount,
  /** Schemas that PUBLIC may create in. */
  publicCreates: list(text),
  /** Tables whose rows PUBLIC may read or change. */
  publicGrants: list(PublicGrant),
  rowSecurity: list(RowSecurity),
  /** SECURITY DEFINER without a search_path of their own. */
  definerFunctions: list(DefinerFunction),
  /** Only who may execute pg_hba_file_rules() sees them, where the server can read the file. */
  hba: maybe(list(HbaRule)),
});
export type SecurityPart = z.infer<typeof SecurityPart>;
