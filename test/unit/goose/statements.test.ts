import {describe, expect, it} from 'vitest';
import {compareIds, parseName} from '../../../src/core/goose/grammar.ts';
import {readStatements} from '../../../src/core/goose/statements.ts';
import {replaceVariables} from '../../../src/core/goose/variables.ts';

describe('the name of a goose migration', () => {
  it.each<[string, ReturnType<typeof parseName>]>([
    ['00001_create_users.sql', {version: '1', label: '00001', title: 'create_users', language: 'sql'}],
    ['20240101000000_a.go', {version: '20240101000000', label: '20240101000000', title: 'a', language: 'go'}],
    ['+7_a.sql', {version: '7', label: '+7', title: 'a', language: 'sql'}],
    ['3_.sql', {version: '3', label: '3', title: '', language: 'sql'}],
    [
      '9223372036854775807_a.sql',
      {version: '9223372036854775807', label: '9223372036854775807', title: 'a', language: 'sql'},
    ],
    ['9223372036854775808_a.sql', 'refused'],
    ['0_a.sql', 'refused'],
    ['-1_a.sql', 'refused'],
    ['1a_b.sql', 'refused'],
    ['1.sql', 'refused'],
    ['notes.sql', 'refused'],
    ['main.go', undefined],
    ['1_a_test.go', undefined],
    ['1_a.txt', undefined],
    ['1_a.SQL', undefined],
  ])('%j', (name, expected) => expect(parseName(name)).toEqual(expected));

  it('is ordered by number', () => {
    expect(['10', '9', '9223372036854775807'].toSorted(compareIds)).toEqual([
      '9',
      '10',
      '9223372036854775807',
    ]);
  });
});

function shown(text: string, direction: 'up' | 'down' = 'up'): readonly string[] {
  const {statements, problem, transaction} = readStatements(text, direction);
  return [
    ...statements.map(statement => statement.text),
    ...(transaction ? [] : ['no transaction']),
    ...(problem ? [`${problem.kind} ${problem.line}`] : []),
  ];
}

const up = '-- +goose Up\n';

describe('the statements of a goose migration', () => {
  it.each<[string, readonly string[]]>([
    [`${up}A;\nB;\n-- +goose Down\nC;\n`, ['A;', 'B;']],
    ['\n -- hi\n-- +GOOSE up\nA;', ['text-before-up 3']],
    ['--+goose   up  \nA;', ['A;']],
    [`${up}A\n  b;\n\n  C ; -- why;\n-- D;\nE;`, ['A\n  b;', 'C ; -- why;', 'E;']],
    [`${up}A; B;\nC;`, ['A; B;', 'C;']],
    [`${up}A -- ;\n;`, ['A -- ;\n;']],
    [`${up}A; --\n`, ['A; --']],
    [`${up}A;--x\nB;`, ['A;--x\nB;']],
    [`${up}A /* ;\n*/;`, ['A /* ;', '*/;']],
    [`${up}-- +goose StatementBegin\nA;\nB;\n-- +goose StatementEnd\nC;`, ['A;\nB;', 'C;']],
    [`${up}A\n-- +goose StatementBegin\nB;\n-- +goose StatementEnd\n`, ['A\nB;']],
    [`${up}-- +goose StatementBegin\n-- +goose StatementEnd\nA;\nB;`, ['B;']],
    [`-- +goose NO TRANSACTION\n${up}A;`, ['A;', 'no transaction']],
    [`${up}A;\n-- +goose no transaction`, ['A;', 'no transaction']],
    [`${up}A\r\n;\r\n\r\nB;\r\n`, ['A\n;', 'B;']],
    [up, []],
    ['', ['no-up 0']],
    ['-- nothing\n', ['no-up 0']],
    ['A;\n', ['text-before-up 0']],
    [`\uFEFF${up}`, ['text-before-up 0']],
    [`${up}A`, ['unfinished 1']],
    [`${up}A\n-- +goose Down\nB;`, ['unfinished 2']],
    [`${up}-- +goose StatementBegin\nA;`, ['no-end 2']],
    [`${up}-- +goose StatementEnd\n`, ['end-misplaced 1']],
    ['-- +goose StatementBegin\n', ['begin-misplaced 0']],
    [`${up}-- +goose StatementBegin\n-- +goose StatementBegin\n`, ['begin-misplaced 2']],
    [`${up}-- +goose StatementBegin\n-- +goose Down\n`, ['down-misplaced 2']],
    [`${up}${up}`, ['up-twice 1']],
    ['-- +goose Down\n', ['down-misplaced 0']],
    [`${up}-- +goose Down\n-- +goose Down\n`, ['down-misplaced 2']],
    [`${up} -- +goose Down\n`, ['blank-before 1']],
    [`${up}-- +goose +goose Down\n`, ['several 1']],
    [`${up}-- +goose Sideways\n`, ['unknown 1']],
    [`${up}-- see +goose\n`, ['unknown 1']],
    [`${up}-- +goose\n`, ['unknown 1']],
    [`${up}SELECT '-- +goose x';`, ["SELECT '-- +goose x';"]],
  ])('%j', (text, expected) => expect(shown(text)).toEqual(expected));

  it.each<[string, readonly string[]]>([
    [`${up}A;\n-- +goose Down\nB;\nC;`, ['B;', 'C;']],
    [`${up}A\n-- +goose Down\nB;`, ['B;']],
    [`${up}A;`, []],
    [`${up}-- +goose StatementBegin\nA;\n-- +goose StatementEnd\n-- +goose Down\nB;`, ['B;']],
    [`${up}-- +goose Down\n-- +goose StatementBegin\nB;\nC\n-- +goose StatementEnd`, ['B;\nC']],
  ])('down: %j', (text, expected) => expect(shown(text, 'down')).toEqual(expected));

  it('says where each stands in the file, and what belongs to it', () => {
    const text = `${up}\n-- one\r\n  A\r\n;\r\n-- two\n\tB; \n`;
    const {statements} = readStatements(text, 'up');
    expect(
      statements.map(({start, end, whole}) => [text.slice(start, end), text.slice(whole.start, whole.end)]),
    ).toEqual([
      ['A\r\n;', '\n-- one\r\n  A\r\n;\r\n'],
      ['B;', '-- two\n\tB; \n'],
    ]);
    expect(statements.map(({lines, indent}) => [lines.map(({number}) => number), indent])).toEqual([
      [[3, 4], 2],
      [[6], 1],
    ]);
  });

  it('replaces between ENVSUB ON and OFF only', () => {
    const text = `${up}$A;\n-- +goose ENVSUB ON\n$A;\n-- +goose ENVSUB OFF\n$A;`;
    const {statements} = readStatements(text, 'up', line => line.replace('$A', 'x'));
    expect(statements.map(statement => statement.text)).toEqual(['$A;', 'x;', '$A;']);
    expect(statements.map(({lines}) => lines[0]?.replaced)).toEqual([false, true, false]);
  });
});

describe('variables', () => {
  const values: Readonly<Record<string, string>> = {A: 'one', EMPTY: '', É: 'accent', LONG: 'abcdef'};

  it.each<[string, string, readonly string[]]>([
    ['$A ${A}_$AB', 'one one_', ['undefined AB']],
    ['$A-$A.$A', 'one-one.one', []],
    ['$É ${É}', 'accent accent', []],
    ['${EMPTY}|${EMPTY:-x}|${EMPTY-x}', '|x|', []],
    ['${NONE:-x y}|${NONE-}|${NONE:-}', 'x y||', []],
    ['${NONE:-${A}}|${NONE-$LONG}|${NONE:-${NONE:-deep}}', 'one|abcdef|deep', []],
    ['${NONE:-${OTHER}}', '', ['undefined OTHER']],
    // What is not put in lacks nothing.
    ['${A:-${OTHER}}', 'one', []],
    ['${NONE?why} ${EMPTY?why} ${A?}', '  one', ['required NONE']],
    ['${LONG:2}|${LONG:1:2}|${LONG: -2}|${LONG:9}|${LONG:4:9}|${LONG: -9}', 'cdef|bc|ef||ef|abcdef', []],
    [String.raw`$$A \$A $$$$`, '$A $A $$', []],
    [String.raw`\\$A $(date) costs 5$`, String.raw`\\one $(date) costs 5$`, []],
    ['$1', '$1', ['refused $1']],
    ['a $A b $_x', 'a $A b $_x', ['refused $_']],
    ['${A:?why}', '${A:?why}', ['refused ${A:?why}']],
    ['${A', '${A', ['refused ${A']],
    ['${A:-x', '${A:-x', ['refused ${A:-x']],
    ['${A+x}', '${A+x}', ['refused ${A']],
    ['${A:x}', '${A:x}', ['refused ${A:x}']],
    ['${}', '${}', ['refused ${']],
    ['none', 'none', []],
  ])('%j', (line, expected, problems) => {
    const told: string[] = [];
    const replaced = replaceVariables(
      line,
      name => values[name],
      ({kind, name}) => void told.push(`${kind} ${name}`),
    );
    expect([replaced, told]).toEqual([expected, problems]);
  });
});
