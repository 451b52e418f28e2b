import type {Edit, Fix} from '../../../../src/core/lint/finding.ts';
import type {FileHistory} from '../../../../src/core/lint/file.ts';
import type {Remedy, Step} from '../../../../src/core/lint/remedy.ts';
import type {Rule} from '../../../../src/core/lint/rule.ts';
import type {Tool, ToolDocument} from '../../../../src/core/lint/tools/tool.ts';
import {toolNamed} from '../../../../src/core/lint/tools/tools.ts';
import {lintText} from '../engine/rig.ts';

/** Where documents of each tool usually are. */
export const paths = {
  'golang-migrate': '/m/000002_b.up.sql',
  dbmate: '/m/20240102000000_b.sql',
  goose: '/m/00002_b.sql',
  flyway: '/m/V2__b.sql',
  prisma: '/m/20240102_b/migration.sql',
  'node-pg-migrate': '/m/1700000000000_b.sql',
  alembic: '/versions/b.py',
  sql: '/m/b.sql',
} as const;

export interface Case {
  readonly tool: keyof typeof paths | Tool;
  readonly path?: string;
  readonly text: string;
  /** The statement that it is about has this text in it; the first one without. */
  readonly at?: string;
  readonly remedy: Remedy;
  readonly counterpart?: string;
  readonly history?: FileHistory;
}

/** @returns the fix of a statement's remedy */
export async function fixOf({tool: name, at = '', text, remedy, ...rest}: Case): Promise<Fix | undefined> {
  const tool = toolFor(name);
  const path = rest.path ?? paths[tool.id];
  const counterpart =
    rest.counterpart === undefined
      ? {}
      : {counterpart: {path: path.replace('.up.', '.down.'), text: rest.counterpart}};
  const {findings} = await lintText(text, [offering(at, remedy)], {
    document: {path, text},
    tool,
    ...counterpart,
    ...(rest.history && {history: rest.history}),
  });
  return findings.flatMap(({fixes}) => fixes)[0];
}

export function toolFor(tool: Case['tool']): Tool {
  return typeof tool === 'string' ? toolNamed(tool) : tool;
}

function offering(at: string, remedy: Remedy): Rule {
  const words = {what: 'a', why: 'b', fix: 'c', remedies: [remedy]};
  return {
    id: 'offer',
    severity: 'warning',
    title: '',
    about: '',
    checkFile: (_, situations) => {
      const index = situations.findIndex(({statement}) => statement.sql.includes(at));
      return [
        index < 0 ? {...words, at: {start: 0, end: 0}} : {...words, at: {start: 0, end: 1}, statement: index},
      ];
    },
  };
}

export function edited({text}: Pick<ToolDocument, 'text'>, edits: readonly Edit[]): string {
  for (const [index, {start, end}] of edits.entries())
    if (start > end || start < (edits[index - 1]?.end ?? 0))
      throw new Error('Edits overlap or are not in order');
  return edits.reduceRight(
    (done, {start, end, text: instead}) => done.slice(0, start) + instead + done.slice(end),
    text,
  );
}

export function stepsOf(...steps: readonly (Partial<Step> & Pick<Step, 'sql'>)[]): Remedy {
  return {
    kind: 'steps',
    title: 'Do it in steps',
    steps: steps.map(step => ({how: 'any', title: 'a step', undo: '', ...step})),
  };
}
