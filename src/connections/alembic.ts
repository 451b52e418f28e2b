import {dirname} from 'node:path';
import {schemeOf} from '../core/connections/address-url.ts';
import type {ConnectionDefaults} from '../core/connections/parsed.ts';
import {parseConnectionUrl} from '../core/connections/url.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import {found, problem, type FoundConnection, type SourceFile} from './found.ts';

interface Section {
  readonly name: string;
  readonly values: Map<string, {readonly value: string; readonly line: number}>;
}

/**
 * Reads `sqlalchemy.url` of `[alembic]`, and of the other sections in a project with several databases.
 * Source: https://alembic.sqlalchemy.org/en/latest/tutorial.html#editing-the-ini-file
 */
export function connectionsOfAlembic(
  file: SourceFile,
  text: string,
  defaults: ConnectionDefaults,
): readonly FoundConnection[] {
  const sections = parseIni(text);
  const common = sections.find(section => section.name === 'DEFAULT')?.values;
  return sections.flatMap(({name, values}): readonly FoundConnection[] => {
    const url = values.get('sqlalchemy.url');
    if (!url || url.value === '' || name === 'DEFAULT') return [];
    const place = {file, ...(name === 'alembic' ? {} : {key: name}), line: url.line};
    const value = interpolate(url.value, key =>
      key === 'here' ? dirname(file.path) : (values.get(key) ?? common?.get(key))?.value,
    );
    if (!value.ok) return schemeOf(url.value).kind === 'other' ? [] : [problem(place, value.failure)];
    return schemeOf(value.value).kind === 'other'
      ? []
      : [found(place, parseConnectionUrl(value.value, defaults))];
  });
}

function parseIni(text: string): readonly Section[] {
  const sections: Section[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const section = /^\[([^\]]+)\]/.exec(line)?.[1];
    // A line that begins with a space continues the one before; no URL is written so.
    const pair = /^([^\s#;=:[][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (section !== undefined) sections.push({name: section, values: new Map()});
    else if (pair?.[1]) {
      sections.at(-1)?.values.set(pair[1].toLowerCase(), {value: pair[2] ?? '', line: index + 1});
    }
  }
  return sections;
}

/** Source: https://docs.python.org/3/library/configparser.html#configparser.BasicInterpolation */
function interpolate(text: string, lookup: (key: string) => string | undefined, depth = 0): Outcome<string> {
  const bare = text.replaceAll('%%', '').replaceAll(/%\([^)]+\)s/g, '');
  if (bare.includes('%')) {
    return fail('invalid-input', 'sqlalchemy.url has a single %, which Alembic does not read.', {
      advice: 'Write it as %% in this file.',
    });
  }
  const missing: string[] = [];
  const value = text.replaceAll(/%%|%\(([^)]+)\)s/g, (whole, key?: string) => {
    if (key === undefined) return '%';
    const inner = depth < 5 ? lookup(key.toLowerCase()) : undefined;
    const outcome = inner === undefined ? undefined : interpolate(inner, lookup, depth + 1);
    if (!outcome?.ok) missing.push(key);
    return outcome?.ok ? outcome.value : whole;
  });
  if (missing.length === 0) return ok(value);
  return fail(
    'invalid-input',
    `sqlalchemy.url names ${missing.join(', ')}, which the file does not define.`,
    {
      advice: 'env.py may fill it in when Alembic runs; add the connection by hand.',
    },
  );
}
