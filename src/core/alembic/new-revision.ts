/** Some SQL that a revision executes at once. */
export interface Execution {
  readonly sql: string;
  /** In an autocommit block. */
  readonly outside: boolean;
}

/** The text of a new revision. */
export interface NewRevision {
  readonly id: string;
  readonly parents: readonly string[];
  readonly title: string;
  /** None for nothing. */
  readonly up: readonly Execution[];
  readonly down: readonly Execution[];
  readonly now: Date;
}

/** @returns the body of `upgrade` or `downgrade`: lines behind the first are indented; `pass` for nothing */
export function bodyOf(executions: readonly Execution[]): string {
  const lines: string[] = [];
  for (const [index, {sql, outside}] of executions.entries()) {
    if (outside && executions[index - 1]?.outside !== true)
      lines.push('with op.get_context().autocommit_block():');
    lines.push(outside ? `    ${callOf(sql, '        ')}` : callOf(sql, '    '));
  }
  return lines.length === 0 ? 'pass' : lines.join('\n    ');
}

function callOf(sql: string, indent: string): string {
  const text = sql.trim();
  const breaks = breaksInside(text);
  const inner = breaks ? '' : `${indent}    `;
  const lines = (breaks ? text : text.replaceAll('\r\n', '\n')).split('\n');
  const literal = lines.map(line => (line.trim() === '' && !breaks ? '' : inner + escape(line)));
  return `op.execute(\n${indent}    """\n${literal.join('\n')}\n${indent}    """\n${indent})`;
}

/** A line may end inside of a constant, which blanks would change. */
function breaksInside(sql: string): boolean {
  const parts = sql.split(/['"]/);
  return sql.includes('$') || parts.some((part, index) => index % 2 === 1 && part.includes('\n'));
}

/** What SQLAlchemy takes for a parameter, and for one that is escaped. Source: sqlalchemy/sql/compiler.py */
const parameter = /(?<![:\p{L}\p{N}_$\\]):[\p{L}\p{N}_$]+(?![:\p{L}\p{N}_$])/gu;
const escaped = /\\:[\p{L}\p{N}_$]*(?![:\p{L}\p{N}_$])/gu;

/** For SQLAlchemy a colon with a backslash before it is a colon; for Python a line ends at any of its ends. */
function escape(line: string): string {
  return line
    .replaceAll(escaped, String.raw`\$&`)
    .replaceAll(parameter, String.raw`\$&`)
    .replaceAll('\\', '\\\\')
    .replaceAll('"""', String.raw`\"\"\"`)
    .replaceAll('\r', String.raw`\r`);
}

/** @returns the file that Alembic’s own template makes */
export function revisionText({id, parents, title, up, down, now}: NewRevision): string {
  const revises = parents.join(', ');
  const [only] = parents;
  const parent =
    only === undefined ? 'None' : parents.length === 1 ? quoted(only) : `(${parents.map(quoted).join(', ')})`;
  return `"""${title.replaceAll('\\', '\\\\').replaceAll('"""', "'''")}

Revision ID: ${id}
Revises: ${revises}
Create Date: ${pythonTime(now)}

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = ${quoted(id)}
down_revision = ${parent}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${bodyOf(up)}


def downgrade() -> None:
    ${bodyOf(down)}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}

/** As Python prints a local time. */
function pythonTime(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
  return `${date} ${time}.${String(now.getMilliseconds()).padStart(3, '0')}000`;
}
