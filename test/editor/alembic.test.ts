import {access} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {runPanel, type RunPanelUser} from '../rig/vscode-run-panel.ts';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type ThemeName, type VsCode} from '../rig/vscode.ts';

const staging = '.env.staging DATABASE_URL';
const wait = {timeout: 30_000};
const themes: readonly ThemeName[] =
  process.env['HOWDAH_THEMES'] === 'all'
    ? ['light', 'dark', 'high-contrast', 'high-contrast-light']
    : ['dark'];
let workspace: Workspace;
let database: TestDatabase;
let code: VsCode;
let panel: RunPanelUser;

steps('alembic', () => code);

/** A service with SQLite in development, which takes its address from `DATABASE_URL`. */
const envPy = `import os
from alembic import context
from sqlalchemy import create_engine
from app.models import Base

target_metadata = Base.metadata
url = os.environ.get("DATABASE_URL") or context.config.get_main_option("sqlalchemy.url")
url = url.replace("+aiosqlite", "")

if context.is_offline_mode():
    context.configure(url=url, target_metadata=target_metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url).connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata)
        with context.begin_transaction():
            context.run_migrations()
`;

const models = `import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"
    id = sa.Column(sa.String(36), primary_key=True)
    email = sa.Column(sa.String(80))


class Mandate(Base):
    __tablename__ = "mandates"
    id = sa.Column(sa.String(36), primary_key=True)


class Webhook(Base):
    __tablename__ = "webhooks"
    id = sa.Column(sa.String(36), primary_key=True)
`;

const template = `"""\${message}

Revision ID: \${up_revision}
Revises: \${down_revision | comma,n}
Create Date: \${create_date}
"""
from alembic import op
import sqlalchemy as sa

revision = \${repr(up_revision)}
down_revision = \${repr(down_revision)}
branch_labels = \${repr(branch_labels)}
depends_on = \${repr(depends_on)}


def upgrade():
    \${upgrades if upgrades else "pass"}


def downgrade():
    \${downgrades if downgrades else "pass"}
`;

function revision(id: string, title: string, down: string, [up, back]: readonly [string, string]): string {
  return `"""${title}

Revision ID: ${id}
Create Date: 2025-10-0${id.charCodeAt(0) - 96}
"""
from alembic import op
import sqlalchemy as sa

revision = '${id}'
down_revision = ${down}
branch_labels = None
depends_on = None


def upgrade():
    ${up}


def downgrade():
    ${back}
`;
}

function table(name: string): readonly [string, string] {
  return [
    `op.create_table('${name}', sa.Column('id', sa.String(36), primary_key=True))`,
    `op.drop_table('${name}')`,
  ];
}

beforeAll(async () => {
  database = await createDatabase(17, 'alembic');
  workspace = await createWorkspace({
    '.env': 'DATABASE_URL=sqlite+aiosqlite:///./test.db\n',
    '.env.staging': `DATABASE_URL=${database.url.replace(/^\w+:/, 'postgresql+psycopg2:')}\n`,
    'alembic.ini': '[alembic]\nscript_location = alembic\nprepend_sys_path = .\n',
    'app/__init__.py': '',
    'app/models.py': models,
    'alembic/env.py': envPy,
    'alembic/script.py.mako': template,
    'alembic/versions/a1_customers.py': revision('a1', 'customers', 'None', table('customers')),
    'alembic/versions/b1_email.py': revision('b1', 'email of customers', `'a1'`, [
      `op.add_column('customers', sa.Column('email', sa.String(80)))`,
      `op.drop_column('customers', 'email')`,
    ]),
    'alembic/versions/c1_mandates.py': revision('c1', 'mandates', `'b1'`, table('mandates')),
    'alembic/versions/d1_webhooks.py': revision('d1', 'webhooks', `'b1'`, table('webhooks')),
  });
  code = await startVsCode({workspace: workspace.path, theme: 'dark'});
  panel = runPanel(code);
});

afterAll(async () => {
  await code?.stop();
  await database?.drop();
  await workspace?.dispose();
});

const row = (name: RegExp): Promise<void> => code.treeRow(name).waitFor(wait);
const file = /^test\.db, SQLite/;
const recorded = async (): Promise<readonly unknown[]> => {
  const rows = await database.sql('SELECT version_num AS id FROM alembic_version ORDER BY 1');
  return rows.map(({id}) => id);
};

describe('a service with SQLite in development and PostgreSQL elsewhere', () => {
  it('shows the file that is to come, with what is pending there, and makes nothing by looking', async () => {
    await code.openView('Howdah');
    await row(file);
    await code.expand('test.db');
    await row(/^Migrations, 4 pending · no version · Alembic/);
    await row(/^The file does not exist yet/);
    await expect(access(join(workspace.path, 'test.db'))).rejects.toThrow('ENOENT');
    expect(await code.contextMenuItems(/^Migrations, 4 pending/)).not.toContain(
      'Rehearse Pending Migrations',
    );
  });

  it('draws the branches, and says them in words', async () => {
    await code.expand('test.db', 'Migrations');
    await row(/^d1 webhooks, pending, head$/);
    await row(/^b1 email of customers, pending, branch point$/);
    expect(await code.treeRow(/^b1 email/).innerText()).toContain('●─╯');
  });

  it('applies to SQLite with the same plan and confirmation', async () => {
    await code.contextMenu(/^Migrations, 4 pending/, 'Apply All Pending Migrations');
    await panel.says('Apply 4 migrations to test.db');
    await code.page.mouse.move(700, 700);
    await code.screenshot('alembic-sqlite-plan');
    await panel.button(/^Apply/).click();
    await panel.says(/^4 migrations applied/);
    await code.screenshot('alembic-sqlite-applied');
    await panel.button('Close').click();
    await row(/^Migrations, up to date · heads c1, d1 · Alembic/);
    await row(/^customers/);
    await code.expand('test.db', 'customers', 'Columns');
    await row(/^email, VARCHAR\(80\)/);
  });

  it('rolls back and stamps there', async () => {
    await code.contextMenu(/^b1 email of customers, applied/, 'Roll Back to Here…');
    await panel.press(/^Roll back 2 migrations/, /^Roll Back/);
    await panel.says(/^2 migrations rolled back/);
    await panel.button('Close').click();
    await row(/^Migrations, 2 pending · b1 · Alembic/);
    await code.contextMenu(/^a1 customers, applied/, 'Stamp This Revision…');
    await code.answer('Stamp');
    await row(/^Migrations, 3 pending · a1 · Alembic/);
    await code.contextMenu(/^b1 email of customers, pending/, 'Stamp This Revision…');
    await code.answer('Stamp');
    await row(/^Migrations, 2 pending · b1 · Alembic/);
    await code.dismissNotifications();
    await code.collapse('test.db');
  });

  it('knows where PostgreSQL is, and brings it to both heads', async () => {
    await code.expand(staging);
    await row(/^Migrations, 4 pending · no version · Alembic/);
    await code.contextMenu(/^Migrations, 4 pending/, 'Apply All Pending Migrations');
    await panel.applyAnyway(/^Apply 4 migrations/);
    await panel.says(/^4 migrations applied/);
    await panel.button('Close').click();
    await row(/^Migrations, up to date · heads c1, d1 · Alembic/);
    expect(await recorded()).toEqual(['c1', 'd1']);
  });

  it('merges the heads and opens the new file', async () => {
    await code.contextMenu(/^Migrations, up to date/, 'Merge Heads…');
    await code.input('merge mandates and webhooks');
    await code.editorTab(/merge_mandates_and_webhooks\.py/).waitFor(wait);
    await row(/^Migrations, 1 pending · heads c1, d1 · Alembic/);
    await code.expand(staging, 'Migrations');
    await row(/^\w+ merge mandates and webhooks, pending, head, merge of (c1 and d1|d1 and c1)$/);
    await code.contextMenu(/^\w+ merge mandates and webhooks/, 'Apply up to Here…');
    await panel.applyAnyway(/^Apply 1 migration/);
    await panel.says(/^1 migration applied/);
    await panel.button('Close').click();
    await row(/^Migrations, up to date · \w{12} · Alembic/);
    expect(await recorded()).toHaveLength(1);
  });

  it.each(themes)('can be read: %s', async theme => {
    await code.setTheme(theme);
    await code.screenshot(`alembic-${theme}`);
  });

  it('finds nothing to generate, and then what a model has more', async () => {
    await code.contextMenu(/^Migrations, up to date/, 'Autogenerate Revision from Models…');
    await code.input('nothing');
    await code.notification(/Nothing changed/).waitFor(wait);
    await code.dismissNotifications();
    await workspace.write('app/models.py', `${models}    address = sa.Column(sa.Text)\n`);
    await code.contextMenu(/^Migrations, up to date/, 'Autogenerate Revision from Models…');
    await code.input('address of webhooks');
    await code.editorTab(/address_of_webhooks\.py/).waitFor(wait);
    await expect.poll(() => code.editorText(), wait).toContain('add_column');
    await row(/^Migrations, 1 pending/);
  });

  it('rolls PostgreSQL back', async () => {
    await code.contextMenu(/^b1 email of customers, applied/, 'Roll Back to Here…');
    await panel.press(/^Roll back 3 migrations/, /^Roll Back/);
    await panel.says(/^3 migrations rolled back/);
    await panel.button('Close').click();
    await row(/^Migrations, 4 pending · b1 · Alembic/);
    expect(await recorded()).toEqual(['b1']);
  });

  it('leads from a missing interpreter to the setting', async () => {
    await code.setSettings({'howdah.alembic.python': join(workspace.path, 'no-python')});
    await code.contextMenu(/^Migrations, 4 pending/, 'Autogenerate Revision from Models…');
    await code.input('anything');
    await code.notificationAction(/no-python/, 'Open Setting');
    await code.page
      .locator('.settings-editor')
      .getByText(/The Python that has the project/)
      .first()
      .waitFor();
    await code.screenshot('alembic-no-python');
  });

  it('has left no error behind', async () => {
    const errors = [...(await code.extensionHostErrors()), ...code.consoleErrors];
    expect(errors.filter(line => !line.includes('no-python'))).toEqual([]);
  });
});
