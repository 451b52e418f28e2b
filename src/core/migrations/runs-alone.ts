/** @returns whether some SQL looks as if PostgreSQL refused it inside of a transaction, so that a new file says so */
export function runsAlone(sql: string): boolean {
  return /\bCONCURRENTLY\b|^\s*(?:VACUUM|COMMIT|ROLLBACK)\b/im.test(sql);
}
