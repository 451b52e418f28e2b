import {pythonTokens} from '../lint/passages/python-tokens.ts';

/** What a revision asks Alembic that is another thing when it writes SQL than when it runs. */
const asking = new Set(['get_bind', 'is_offline_mode', 'as_sql']);

/** @returns the name by which a revision finds out what it does, so that its SQL is not all of it; nothing for any other */
export function computesBy(text: string): string | undefined {
  return pythonTokens(text).find(({kind, text: name}) => kind === 'name' && asking.has(name))?.text;
}

const raising =
  /^def\s+downgrade\s*\([^)]*\)[^:\n]*:(?:\s|#[^\n]*(?:\n|$)|"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')*raise\b/m;

/** @returns whether `downgrade` does nothing but refuse */
export function isIrreversible(text: string): boolean {
  return raising.test(text);
}
