import {
  createLinter,
  type LintOptions,
  type LintRequest,
  type LintResult,
} from '../../../../src/core/lint/engine.ts';
import type {Passage} from '../../../../src/core/lint/file.ts';
import type {SchemaModel} from '../../../../src/core/lint/model/schema.ts';
import {createModel, type Model} from '../../../../src/core/lint/model/model.ts';
import {parsePassage} from '../../../../src/core/lint/parse-passage.ts';
import {createParseCache} from '../../../../src/core/lint/parse-cache.ts';
import type {Rule, StatementRule} from '../../../../src/core/lint/rule.ts';
import {defaultLintSettings} from '../../../../src/core/lint/settings.ts';
import type {Tool} from '../../../../src/core/lint/tools/tool.ts';
import {createParser} from '../../../../src/parser/libpg-query.ts';

export const parser = createParser();
export const cache = createParseCache(parser);

/** Nothing is known. */
export const empty: SchemaModel = {
  relation: () => undefined,
  index: () => undefined,
  type: () => undefined,
  routines: () => [],
  usersOf: () => [],
  relations: () => [],
  mentioning: () => [],
  relationsOtherThan: () => [],
  usedSchemas: () => [],
  types: () => [],
  schemas: () => [],
  schemaOf: () => 'public',
};

/** @returns a tool that sends each part between lines of `---` by itself; behind a line `-- down` comes down */
export function toolSending(rest: Partial<Passage> & Pick<Passage, 'sent'>): Tool {
  return {
    id: 'sql',
    name: 'test',
    recognises: () => true,
    passages: ({text}) => {
      let at = 0;
      let direction: Passage['direction'] = 'up';
      return text.split(/(^---\n|^-- down\n)/m).flatMap(part => {
        const start = at;
        at += part.length;
        if (part === '-- down\n') direction = 'down';
        if (part === '---\n' || part === '-- down\n') return [];
        const span = {start, end: at};
        return [{direction, sql: part, span, toDocument: offset => start + offset, verbatim: true, ...rest}];
      });
    },
    outside: {how: 'alone'},
    undo: 'part',
  };
}

/** @returns a rule that marks the first word of each statement of some kinds */
export function marking(
  id: string,
  kinds: readonly string[],
  more: Partial<StatementRule> = {},
): StatementRule {
  return {
    id,
    kinds,
    severity: 'warning',
    title: id,
    about: '',
    check: ({statement}) => [
      {
        at: statement.words[0] ?? statement.whole,
        what: `${id}: ${statement.command}`,
        why: 'Because.',
        fix: '',
      },
    ],
    ...more,
  };
}

/** @returns what is found in a text that is sent statement by statement */
export async function lintText(
  text: string,
  rules: readonly Rule[],
  request: Partial<LintRequest> = {},
  options: LintOptions = {},
): Promise<LintResult> {
  return createLinter(parser, rules, cache).lint(
    {
      document: {path: '/project/migrations/2_b.up.sql', text},
      tool: toolSending({sent: 'each'}),
      state: 'unknown',
      history: {},
      before: empty,
      settings: defaultLintSettings,
      ...request,
    },
    options,
  );
}

/** @returns the schema that statements leave */
export async function afterSql(sql: string): Promise<Model> {
  const model = createModel();
  const {statements} = await parsePassage(cache, sql);
  for (const {statement} of statements)
    model.apply(statement, span => ({...span, path: '/project/migrations/1_a.up.sql', id: '1'}));
  return model;
}
