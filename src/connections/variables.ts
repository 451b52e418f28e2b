import type {Outcome} from '../core/outcome.ts';
import {expand} from './expand.ts';
import type {Machine} from './machine.ts';
import {readText} from './read-text.ts';

/** One variable of a dotenv file, its own variables replaced. */
interface Variable {
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

export type Variables = ReadonlyMap<string, Variable>;

/**
 * Reads a dotenv file's text. A variable in a value means one of the same file, or else of the environment; one
 * that nothing defines stays as it is written.
 */
export async function parseVariables(text: string, env: Machine['env']): Promise<Variables> {
  const {default: dotenv} = await import('dotenv');
  const written = writtenLines(text);
  const raw = new Map(
    Object.entries(dotenv.parse(text)).map(([name, value]) => [name, written.get(name)?.value ?? value]),
  );
  const valueOf = (name: string, within: readonly string[]): string | undefined => {
    const value = raw.get(name);
    if (value === undefined) return env[name];
    // In single quotes a dollar sign is only that; and a variable made of itself would have no end.
    if (written.get(name)?.isLiteral || within.includes(name)) return value;
    return expand(value, {lookup: other => valueOf(other, [...within, name]), rules: 'dotenv'});
  };
  return new Map(
    [...raw.keys()].map(name => [name, {value: valueOf(name, []) ?? '', line: written.get(name)?.line ?? 1}]),
  );
}

/** @returns the variables of a dotenv file, none when there is no such file or it cannot be read. */
export async function readVariables(path: string, env: Machine['env']): Promise<Variables> {
  const text: Outcome<string> | undefined = await readText(path);
  return text?.ok ? parseVariables(text.value, env) : new Map();
}

interface Written {
  readonly line: number;
  readonly isLiteral: boolean;
  /** Given when `dotenv` would cut the value short. */
  readonly value?: string;
}

/**
 * What `dotenv` does not tell: lines and quotes. It also ends an unquoted value at any `#`; most other readers
 * (Compose, python-dotenv, godotenv) only at one after a space, and passwords have some.
 */
function writtenLines(text: string): ReadonlyMap<string, Written> {
  const lines = new Map<string, Written>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const match = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*|:\s+)(.*)$/.exec(line);
    const value = match?.[2] ?? '';
    if (!match?.[1]) continue;
    const isCut = /^[^\s#'"`]\S*#/.test(value);
    lines.set(match[1], {
      line: index + 1,
      isLiteral: value.startsWith("'"),
      ...(isCut ? {value: value.replace(/\s+#.*$/, '').trim()} : {}),
    });
  }
  return lines;
}
