import type {ServerIdentity, Session} from '../core/session.ts';
import type {Link} from './link.ts';

/** @returns the session that `link` is to the rest of the product. */
export function createSession(link: Link, server: ServerIdentity): Session {
  return {
    server,
    query: (sql, params, signal) => link.query(sql, params, signal),
    script: (sql, signal) => link.script(sql, signal),
    texts: (sql, options, signal) => link.texts(sql, options, signal),
    transactionStatus: () => link.transactionStatus(),
    onNotice: listener => link.onNotice(listener),
    close: () => link.close(),
  };
}
