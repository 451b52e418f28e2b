import {homedir, userInfo} from 'node:os';

/** What libpq takes from the machine and its user. */
export interface Machine {
  /** The home directory, as an absolute path. */
  readonly home: string;
  /** The name of the operating system's user: libpq's default user. */
  readonly user: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As in `process.platform`. */
  readonly platform: string;
}

/** @returns the machine this process runs on. */
export function thisMachine(): Machine {
  return {home: homedir(), user: userName(), env: process.env, platform: process.platform};
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container a process may run under a number that no user has.
    return process.env['USER'] ?? process.env['USERNAME'] ?? 'postgres';
  }
}
