# corpus: tool=alembic; postgres=15; history=shop; rows orders=8000000
# ---
"""index orders by time

Revision ID: 4f1c2d3e5a6b
Revises: 3b9d0c1f2e4a
Create Date: 2025-03-02 10:11:12
"""
from alembic import op

revision = "4f1c2d3e5a6b"
down_revision = "3b9d0c1f2e4a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at)")


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY orders_placed_at_idx")
