# corpus: tool=alembic; history=saas; rows projects=3000000
# expect: not-null-without-default at "NOT NULL" #1
# expect: index-not-concurrent at "INDEX" #1
# expect: work-after-strong-lock at "CREATE INDEX" #1
# because: the command is what belongs into another file
# ---
"""projects get a due date

Revision ID: 4f1c2a9d7e10
Revises: 0a1b2c3d4e5f
"""
from alembic import op

revision = "4f1c2a9d7e10"
down_revision = "0a1b2c3d4e5f"


def upgrade():
    op.execute("ALTER TABLE app.projects ADD COLUMN due_on date NOT NULL")
    op.execute(
        """
        CREATE INDEX projects_due_on_idx
            ON app.projects (due_on)
        """
    )


def downgrade():
    op.execute("DROP INDEX app.projects_due_on_idx")
    op.execute("ALTER TABLE app.projects DROP COLUMN due_on")
