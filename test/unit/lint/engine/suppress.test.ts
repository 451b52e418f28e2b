import {describe, expect, it} from 'vitest';
import type {LintRequest} from '../../../../src/core/lint/engine.ts';
import type {Edit} from '../../../../src/core/lint/finding.ts';
import {createModel} from '../../../../src/core/lint/model/model.ts';
import type {Rule} from '../../../../src/core/lint/rule.ts';
import {defaultLintSettings} from '../../../../src/core/lint/settings.ts';
import {lintText, marking, toolSending} from './rig.ts';

/** Marks DROP and each action that drops something. */
const rules: readonly Rule[] = [
  marking('no-drop', ['DropStmt', 'AlterTableStmt'], {
    check: ({statement}) => {
      const places = statement.kind === 'DropStmt' ? [statement.whole] : statement.actions;
      return places
        .map(place => statement.find('DROP', place))
        .flatMap(at => (at ? [{at, what: 'Drops', why: 'Because.', fix: ''}] : []));
    },
  }),
  marking('no-select', ['SelectStmt']),
];

/** @returns `rule@line` of what stays, in order */
async function kept(text: string, request: Partial<LintRequest> = {}): Promise<readonly string[]> {
  const {findings} = await lintText(text, rules, request);
  return findings.map(({rule, start}) => `${rule}@${text.slice(0, start).split('\n').length}`);
}

describe('suppressing', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'on the line before',
      '-- howdah-ignore no-drop: nobody reads it\nDROP TABLE a;\nDROP TABLE b;',
      ['no-drop@3'],
    ],
    ['without a reason', '-- howdah-ignore no-drop\nDROP TABLE a;', []],
    ['in slashes', '/* howdah-ignore no-drop: nobody\n reads it */ DROP TABLE a;', []],
    ['with others between', '-- howdah-ignore no-drop\n-- and this is why\n\nDROP TABLE a;', []],
    [
      'two lines of them',
      '-- howdah-ignore no-drop\n-- howdah-ignore no-select\nDROP TABLE a;',
      ['unused-suppression@2'],
    ],
    ['several rules', '-- howdah-ignore no-drop, no-select: x\nDROP TABLE a;', ['unused-suppression@1']],
    ['all of a statement', '-- howdah-ignore no-drop\nALTER TABLE t\n  DROP a,\n  DROP b;', []],
    ['one action', 'ALTER TABLE t\n  -- howdah-ignore no-drop\n  DROP a,\n  DROP b;', ['no-drop@4']],
    [
      'an action of several lines',
      'ALTER TABLE t\n  -- howdah-ignore no-drop\n  DROP\n a, DROP b;',
      ['no-drop@4'],
    ],
    [
      'at the end of the line before',
      'ALTER TABLE t -- howdah-ignore no-drop\n  DROP a,\n  DROP b;',
      ['no-drop@3'],
    ],
    ['behind what it is about', 'DROP TABLE a; -- howdah-ignore no-drop: gone\nDROP TABLE b;', ['no-drop@2']],
    ['behind an action', 'ALTER TABLE t\n  DROP a, -- howdah-ignore no-drop\n  DROP b;', ['no-drop@3']],
    ['a whole file', 'DROP TABLE a;\n-- howdah-ignore-file no-drop: a test\nDROP TABLE b;', []],
    [
      'a file with nothing to suppress',
      '-- howdah-ignore-file no-drop\nSELECT 1;',
      ['unused-suppression@1', 'no-select@2'],
    ],
    ['another rule', '-- howdah-ignore no-select\nDROP TABLE a;', ['unused-suppression@1', 'no-drop@2']],
    ['no such rule', '-- howdah-ignore no-dorp, no-drop\nDROP TABLE a;', ['unknown-rule@1']],
    ['no rule', '-- howdah-ignore\nDROP TABLE a;', ['unknown-rule@1', 'no-drop@2']],
    ['another word', '-- howdah-ignored no-drop\nDROP TABLE a;', ['no-drop@2']],
    ['in a string', "SELECT '-- howdah-ignore no-drop'; DROP TABLE a;", ['no-select@1', 'no-drop@1']],
    [
      'in a string of several lines',
      "SELECT '\n-- howdah-ignore no-drop\n'; DROP TABLE a;",
      ['no-select@1', 'no-drop@3'],
    ],
    ['a sign of programs in SQL', '# howdah-ignore no-drop\n;DROP TABLE a;', ['syntax@1', 'no-drop@2']],
    [
      'at the end of the file',
      'SELECT 1;\n-- howdah-ignore no-select',
      ['no-select@1', 'unused-suppression@2'],
    ],
    ['a syntax error', '-- howdah-ignore syntax: of another database\nSELEC 1;', []],
    ['a file that does not parse', '-- howdah-ignore no-drop\nSELEC 1;', ['syntax@2']],
    [
      'the comment about comments',
      '-- howdah-ignore-file unused-suppression\n-- howdah-ignore no-drop\nSELECT 1;',
      ['no-select@3'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await kept(text)).toEqual(expected);
  });

  it('counts what it suppresses', async () => {
    const {suppressed} = await lintText(
      '-- howdah-ignore-file no-drop\nDROP TABLE a; DROP TABLE b; SELECT 1',
      rules,
    );
    expect(suppressed).toBe(2);
  });

  it.each([
    ['-- howdah-ignore no-drop: why\nSELECT 1;', 'SELECT 1;'],
    ['SELECT 2;\n  -- howdah-ignore no-drop: why\r\n  SELECT 1;', 'SELECT 2;\n  SELECT 1;'],
    ['SELECT 1; -- howdah-ignore no-drop\nSELECT 2;', 'SELECT 1;\nSELECT 2;'],
    ['/* howdah-ignore no-drop */ SELECT 1;', ' SELECT 1;'],
    ['-- howdah-ignore no-drop, no-select: why\nSELECT 1;', '-- howdah-ignore no-select: why\nSELECT 1;'],
    ['-- howdah-ignore no-select, no-drop: why\nSELECT 1;', '-- howdah-ignore no-select: why\nSELECT 1;'],
  ])('removes from %j what suppresses nothing', async (text, fixed) => {
    const {findings} = await lintText(text, rules);
    const fix = findings.find(({rule}) => rule === 'unused-suppression')?.fixes[0];
    expect(applied(text, fix?.edits ?? [])).toBe(fixed);
  });

  it('stands above the calls of a program', async () => {
    const text = 'x = 1 # howdah-ignore no-drop\nrun("DROP TABLE a; DROP TABLE b")\nrun("DROP TABLE c")';
    const passages = [...text.matchAll(/(?<=")DROP[^"]*/g)].map(({index, 0: sql}) => ({
      direction: 'up' as const,
      sql,
      span: {start: index, end: index + sql.length},
      toDocument: (offset: number) => index + offset,
      verbatim: true,
      sent: 'query' as const,
      call: {
        start: index - 5,
        end: index + sql.length + 2,
        separator: '',
        write: (written: string) => written,
      },
    }));
    expect(await kept(text, {tool: {...toolSending({sent: 'query'}), passages: () => passages}})).toEqual([
      'no-drop@3',
    ]);
  });

  it('is of use where only a target makes it needless', async () => {
    const asking: Rule = marking('asking', ['DropStmt'], {
      check: situation =>
        situation.isHarmless({name: 'a'})
          ? []
          : [{at: situation.statement.whole, what: '', why: '', fix: ''}],
    });
    const before = createModel();
    const target = {
      name: 'staging',
      major: 17,
      readAt: 0,
      relation: () => before.relation({name: 'a'}),
      facts: () => ({bytes: 8192}),
    };
    const text = '-- howdah-ignore asking\nDROP TABLE a;';
    const settings = defaultLintSettings;
    expect((await lintText('DROP TABLE a', [asking], {target})).findings).toEqual([]);
    expect((await lintText(text, [asking], {target})).findings).toEqual([]);
    expect(
      (await lintText(`${text}\n-- howdah-ignore asking\nSELECT 1`, [asking], {target})).findings,
    ).toHaveLength(1);
    expect(
      (await lintText(text, [asking], {settings: {...settings, rules: {asking: 'off'}}})).findings,
    ).toEqual([]);
  });
});

function applied(text: string, edits: readonly Edit[]): string {
  return edits.reduceRight(
    (all, {start, end, text: written}) => all.slice(0, start) + written + all.slice(end),
    text,
  );
}
