import {describe, expect, it} from 'vitest';
import {lanesOf, type LaneRole} from '../../../src/core/alembic/lanes.ts';
import {isEmptyRevision, namesModels} from '../../../src/core/alembic/models.ts';
import type {Migration} from '../../../src/core/migrations/migration.ts';

/** `id <- parent parent ; dependency`, oldest first. */
function migrations(lines: readonly string[]): readonly Migration[] {
  return lines.map(line => {
    const [, id = '', parents = '', dependsOn = ''] =
      /^([^\s;]+)(?: <- ([^;]*))?(?:; (.*))?$/.exec(line) ?? [];
    const words = (text: string): readonly string[] => text.split(' ').filter(word => word !== '');
    return {
      id,
      label: id,
      title: '',
      graph: {parents: words(parents), dependsOn: words(dependsOn), branchLabels: []},
    };
  });
}

function told(role: LaneRole): string {
  return 'ids' in role ? `${role.kind} ${role.ids.join(' ')}` : role.kind;
}

/** As the tree shows it, newest first; wide spaces as plain ones. */
function drawn(lines: readonly string[]): readonly string[] {
  const all = migrations(lines);
  const lanes = lanesOf(all);
  return all.toReversed().map(({id}) => {
    const {drawing, roles} = lanes.get(id) ?? {drawing: 'none', roles: []};
    return [`${drawing.replaceAll('\u2002', ' ')} ${id}`, ...roles.map(told)].join(', ');
  });
}

const histories: readonly (readonly [name: string, lines: readonly string[], rows: readonly string[]])[] = [
  ['one line', ['a', 'b <- a'], ['none b', 'none a']],
  ['two heads', ['a', 'b <- a', 'c <- a'], ['● c, head', '│ ● b, head', '●─╯ a, branch-point']],
  [
    'a merge',
    ['a', 'b <- a', 'c <- a', 'd <- b c', 'e <- d'],
    ['● e, head', '●─╮ d, merge b c', '│ ● c', '● │ b', '●─╯ a, branch-point'],
  ],
  [
    'a merge of three',
    ['a', 'b <- a', 'c <- a', 'd <- a', 'e <- b c d'],
    ['●─┬─╮ e, head, merge b c d', '│ │ ● d', '│ ● │ c', '● │ │ b', '●─┴─╯ a, branch-point'],
  ],
  ['two bases', ['a', 'b'], ['● b, head', '● a, head']],
  [
    'a dependency of another branch',
    ['a', 'b <- a', 'x', 'y <- x; b', 'c <- b'],
    ['● c, head', '├─● y, head, depends b', '│ ● x', '● b, branch-point', '● a'],
  ],
  [
    'a dependency beside the line',
    ['a', 'b <- a', 'c <- b; a'],
    ['●─╮ c, head, depends a', '● ┆ b', '●─╯ a, branch-point'],
  ],
];

describe('the lanes of a history', () => {
  it.each(histories)('draws %s', (_name, lines, rows) => {
    expect(drawn(lines)).toEqual(rows);
  });

  it('stays narrow however many branches there are', () => {
    const branches = Array.from({length: 40}, (_, index) => `b${index} <- a`);
    const lanes = lanesOf(migrations(['a', ...branches]));
    expect(Math.max(...[...lanes.values()].map(({drawing}) => drawing.length))).toBeLessThanOrEqual(17);
  });

  it('passes over parents that no file has, and tools without a graph', () => {
    expect(drawn(['b <- gone', 'c <- gone'])).toEqual(['● c, head', '● b, head']);
    expect(
      lanesOf([
        {id: '1', label: '1', title: ''},
        {id: '2', label: '2', title: ''},
      ]).size,
    ).toBe(0);
  });
});

describe('models of env.py', () => {
  it.each([
    ['target_metadata = Base.metadata', true],
    ['target_metadata: MetaData = models.metadata\ncontext.configure(target_metadata=target_metadata)', true],
    ['context.configure(connection, target_metadata=get_metadata())', true],
    ['target_metadata = None\ncontext.configure(target_metadata=target_metadata)', false],
    ['# target_metadata = mymodel.Base.metadata\ntarget_metadata = None', false],
    ['', false],
  ])('%j: %j', (env, expected) => {
    expect(namesModels(env)).toBe(expected);
  });

  it.each([
    [
      'def upgrade():\n    # ### commands ###\n    pass\n    # ### end ###\n\n\ndef downgrade() -> None:\n    pass\n',
      true,
    ],
    ['def upgrade() -> None:\n    """Upgrade."""\n    pass\n\n\ndef downgrade():\n    pass\n', true],
    ['def upgrade():\n    op.add_column("a", b)\n\n\ndef downgrade():\n    pass\n', false],
    ['def upgrade():\n    pass\n', false],
  ])('tells that a revision does nothing: %j', (text, expected) => {
    expect(isEmptyRevision(text)).toBe(expected);
  });
});
