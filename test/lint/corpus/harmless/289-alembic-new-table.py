# corpus: tool=alembic; postgres=15
# ---
"""add invitations

Revision ID: 7a6b5c4d3e2f
Revises: 4f1c2d3e5a6b

The old way was: op.execute("DROP TABLE invitations CASCADE")
"""
import sqlalchemy as sa
from alembic import op

revision = "7a6b5c4d3e2f"
down_revision = "4f1c2d3e5a6b"


def upgrade():
    op.execute(
        """
        CREATE TABLE invitations (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            email text NOT NULL,
            sent_at timestamptz NOT NULL DEFAULT now()
        )
        """
    )
    op.execute("CREATE INDEX invitations_email_idx ON invitations (email)")
    op.execute(sa.text("COMMENT ON TABLE invitations IS 'DROP TABLE is only text here'"))


def downgrade():
    op.execute("DROP TABLE invitations")
