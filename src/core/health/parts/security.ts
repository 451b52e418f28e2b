import * as z from 'zod/mini';
import {amount, flag, list, maybe, moment, record, text} from '../shape.ts';

/** Who may do what that they should not. */
export const SecurityPart = record({
  roles: list(
    record({
      name: text,
      login: flag,
      superuser: flag,
      bypassesRowSecurity: flag,
      replication: flag,
      /** Only a superuser sees it. */
      password: maybe(z.enum(['none', 'md5', 'scram', 'plain'])),
      validUntil: maybe(moment),
    }),
  ),
  passwordEncryption: text,
  /** `ssl`. */
  tls: flag,
  /** Of the sessions over a network that this role may see. */
  encryptedSessions: amount,
  plainSessions: amount,
  /** Whether PUBLIC may create in these schemas. */
  publicCreates: list(text),
  /** Tables whose rows PUBLIC may read or change. */
  publicGrants: list(record({schema: text, name: text, privileges: list(text)})),
  rowSecurity: list(
    record({schema: text, name: text, enabled: flag, forced: flag, policies: amount, owner: text}),
  ),
  /** SECURITY DEFINER without a search_path of their own. */
  definerFunctions: list(
    record({schema: text, name: text, arguments: text, owner: text, superuser: flag, publicExecutes: flag}),
  ),
  /** Only who may execute pg_hba_file_rules() sees them. */
  hba: maybe(
    list(
      record({
        line: amount,
        type: text,
        databases: list(text),
        users: list(text),
        address: maybe(text),
        method: maybe(text),
        error: maybe(text),
      }),
    ),
  ),
});
export type SecurityPart = z.infer<typeof SecurityPart>;
