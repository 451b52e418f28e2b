/** The text of a new revision. */
export interface NewRevision {
  readonly id: string;
  readonly parents: readonly string[];
  readonly title: string;
  /** SQL of each direction; empty for nothing. */
  readonly up: string;
  readonly down: string;
  readonly now: Date;
}

/** @returns SQL as the body of `upgrade` or `downgrade`: lines behind the first are indented; `pass` for none */
export function bodyOf(sql: string): string {
  const text = sql.trim();
  if (text === '') return 'pass';
  const indent = breaksInside(text) ? '' : '        ';
  const lines = text.split(/\r?\n/).map(line => (line.trim() === '' ? '' : indent + line));
  return `op.execute(\n        """\n${lines.map(escape).join('\n')}\n        """\n    )`;
}

/** A line may end inside of a constant, which blanks would change. */
function breaksInside(sql: string): boolean {
  const parts = sql.split(/['"]/);
  return sql.includes('$') || parts.some((part, index) => index % 2 === 1 && part.includes('\n'));
}

/** A colon before a word is a parameter for SQLAlchemy, unless a backslash stands before it. */
function escape(line: string): string {
  const python = line.replaceAll('\\', '\\\\').replaceAll('"""', String.raw`\"\"\"`);
  return python.replaceAll(/(?<![:\w\\]):(?=\w)(?!:)/g, String.raw`\\:`);
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
