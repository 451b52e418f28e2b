import * as z from 'zod/mini';
import {fail, ok, type Outcome} from '../outcome.ts';
import {readGroups, type ConnectionGroup} from '../rollout/groups.ts';
import {severities} from './finding.ts';
import type {LintSettings} from './settings.ts';

const settings = z.strictObject({
  rules: z.optional(z.record(z.string(), z.enum(['off', ...severities]))),
  postgresVersion: z.optional(z.int().check(z.gte(14), z.lte(18))),
  /** In MB. */
  smallTable: z.optional(z.number().check(z.gte(0))),
});

const config = z.strictObject({
  lint: z.optional(settings),
  connectionGroups: z.optional(
    z.record(z.string(), z.array(z.string().check(z.minLength(1))).check(z.minLength(1))),
  ),
});

/** A repository's `howdah.json`: what holds for everybody who works on it, and for CI. */
export interface ProjectConfig {
  readonly lint: Partial<LintSettings>;
  readonly groups: readonly ConnectionGroup[];
}

/**
 * @param value the file as JSON
 * @param rules the ids that there are
 * @returns an `invalid-input` failure names the field that is wrong
 */
export function readProjectConfig(value: unknown, rules: ReadonlySet<string>): Outcome<ProjectConfig> {
  const parsed = config.safeParse(value);
  if (!parsed.success) return fail('invalid-input', `howdah.json: ${why(parsed.error)}.`, {advice});
  const {lint = {}, connectionGroups} = parsed.data;
  const unknown = Object.keys(lint.rules ?? {}).find(id => !rules.has(id));
  if (unknown !== undefined)
    return fail('invalid-input', `howdah.json: there is no rule “${unknown}”.`, {
      advice: 'docs/rules.md lists the rules.',
    });
  const {rules: chosen, postgresVersion, smallTable} = lint;
  return ok({
    groups: readGroups(connectionGroups),
    lint: {
      ...(chosen ? {rules: chosen} : {}),
      ...(postgresVersion === undefined ? {} : {postgresVersion}),
      ...(smallTable === undefined ? {} : {smallTable: smallTable * 1024 * 1024}),
    },
  });
}

const advice =
  'It is an object: {"lint": {"rules": {"drop-column": "off"}, "postgresVersion": 15, "smallTable": 10}}; each part may be left out, and {"connectionGroups": {"tenants": ["a", "b"]}} may stand beside it.';

interface Issues {
  readonly issues: readonly {
    readonly path: readonly PropertyKey[];
    readonly message: string;
    readonly keys?: readonly string[];
  }[];
}

function why({issues}: Issues): string {
  const [issue] = issues;
  if (!issue) return 'it cannot be read';
  const at = issue.path.map(String).join('.');
  if (issue.keys)
    return `“${[...issue.path.map(String), ...issue.keys.slice(0, 1)].join('.')}” is no setting`;
  return at === '' ? 'it is no object' : `“${at}” is not what it should be: ${issue.message}`;
}
