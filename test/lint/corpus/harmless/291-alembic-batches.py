# corpus: tool=alembic; postgres=15; history=shop; rows orders=8000000
# ---
"""fill the channel in batches

Revision ID: cc33dd44ee55
Revises: bb22cc33dd44
"""
import sqlalchemy as sa
from alembic import op

revision = "cc33dd44ee55"
down_revision = "bb22cc33dd44"


def upgrade():
    with op.get_context().autocommit_block():
        connection = op.get_bind()
        while True:
            changed = connection.execute(
                sa.text(
                    "UPDATE orders SET note = '' WHERE id IN "
                    "(SELECT id FROM orders WHERE note IS NULL LIMIT 5000 FOR UPDATE SKIP LOCKED)"
                )
            ).rowcount
            if changed == 0:
                break


def downgrade():
    pass
