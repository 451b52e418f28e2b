import type {Session} from '../../core/session.ts';

/** @returns the session, calling `onUse` before each statement */
export function watchUse(session: Session, onUse: () => void): Session {
  return {
    ...session,
    query: (sql, params, signal) => {
      onUse();
      return session.query(sql, params, signal);
    },
    script: (sql, signal) => {
      onUse();
      return session.script(sql, signal);
    },
    texts: (sql, options, signal) => {
      onUse();
      return session.texts(sql, options, signal);
    },
  };
}
