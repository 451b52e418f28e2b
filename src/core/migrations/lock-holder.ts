/** Who holds the framework's lock, from `pg_locks` and `pg_stat_activity`. */
export interface LockHolder {
  readonly pid: number;
  readonly user?: string;
  readonly applicationName?: string;
  readonly clientAddress?: string;
  /** Seconds since the session's current transaction or state began. */
  readonly ageSeconds?: number;
}

/** @returns `pid 7, user app, application migrate, from 10.0.0.1, for 12 s`, as far as it is known. */
export function describeHolder({pid, user, applicationName, clientAddress, ageSeconds}: LockHolder): string {
  return [
    `pid ${pid}`,
    user === undefined ? '' : `user ${user}`,
    applicationName === undefined ? '' : `application ${applicationName}`,
    clientAddress === undefined ? '' : `from ${clientAddress}`,
    ageSeconds === undefined ? '' : `for ${Math.round(ageSeconds)} s`,
  ]
    .filter(part => part !== '')
    .join(', ');
}
