import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {lintUser, type LintUser} from '../rig/vscode-lint.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const wait = {timeout: 60_000};
let workspace: Workspace;
let code: VsCode;
let lint: LintUser;

steps('lint-tools', () => code);

beforeAll(async () => {
  workspace = await createWorkspace({
    'alembic.ini': '[alembic]\nscript_location = alembic\n',
    'alembic/versions/3f2a_index.py': `"""Index orders"""
from alembic import op

revision = "3f2a"
down_revision = None


def upgrade():
    op.execute("CREATE INDEX by_customer ON orders (customer_id)")


def downgrade():
    op.execute("DROP INDEX by_customer")
`,
    'db/migrations/20240501120000_index.sql': `-- migrate:up
CREATE INDEX by_customer ON orders (customer_id);

-- migrate:down
DROP INDEX by_customer;
`,
    'migrations/1714564800000_index.js': `exports.up = pgm => {
  pgm.sql('CREATE INDEX by_customer ON orders (customer_id)');
};

exports.down = pgm => {
  pgm.sql('DROP INDEX by_customer');
};
`,
    'src/app.js': "db.query('CREATE INDEX by_customer ON orders (customer_id)');\n",
  });
  code = await startVsCode({workspace: workspace.path, theme: 'dark', settings: {'files.autoSave': 'off'}});
  lint = lintUser(code);
});

afterAll(async () => {
  await code?.stop();
  await workspace?.dispose();
});

const problems = async (): Promise<string> => (await code.problems()).join('\n');

describe('files of tools that have no project here', () => {
  it.each([
    {file: '3f2a_index.py', line: 9, column: 24, mark: '# howdah-ignore'},
    {file: '20240501120000_index.sql', line: 2, column: 8, mark: '-- howdah-ignore'},
    {file: '1714564800000_index.js', line: 2, column: 19, mark: '// howdah-ignore'},
  ])(
    '$file has its findings in its SQL, and comments of its language',
    async ({file, line, column, mark}) => {
      await code.openFile(file);
      await expect.poll(problems, wait).toContain(`next try. at line ${line} and character ${column}`);
      await code.page.keyboard.press('Control+1');
      await lint.goTo(line, column);
      await code.screenshot(`lint-${file}-dark`);
      await lint.quickFix('Ignore “index-not-concurrent”');
      await code.quickPick(/^Ignore here/);
      await code.input('small');
      await expect.poll(() => code.editorText(), wait).toContain(`${mark} index-not-concurrent: small`);
      await expect.poll(problems, wait).not.toContain(`next try. at line ${line + 1}`);
    },
  );

  it('are left alone where they are no migrations', async () => {
    await code.openFile('app.js');
    await code.page.waitForTimeout(1500);
    expect(await problems()).not.toContain('app.js');
  });
});

it('has left no error behind', async () => {
  // The server under test has no TypeScript in it.
  const errors = (await code.extensionHostErrors()).filter(error => !error.includes('tsserver'));
  expect(errors).toEqual([]);
});
