import type {Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';

export interface UseListener {
  /** Called before each statement. */
  readonly onUse: () => void;
  /** Called when a statement has filled the memory, which the backend never gives back. */
  readonly onOutOfMemory: () => void;
}

/** @returns the session, telling of its statements */
export function watchUse(session: Session, {onUse, onOutOfMemory}: UseListener): Session {
  const watch = async <T>(run: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    onUse();
    const outcome = await run();
    if (!outcome.ok && outcome.failure.server?.sqlState === '53200') onOutOfMemory();
    return outcome;
  };
  return {
    ...session,
    query: (sql, params, signal) => watch(() => session.query(sql, params, signal)),
    script: (sql, signal) => watch(() => session.script(sql, signal)),
    texts: (sql, options, signal) => watch(() => session.texts(sql, options, signal)),
  };
}
