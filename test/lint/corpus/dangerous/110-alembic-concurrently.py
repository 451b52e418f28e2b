# corpus: tool=alembic; history=shop; rows orders=3000000
# expect: concurrently-in-transaction at "CONCURRENTLY" #1
# expect: drop-column at "DROP COLUMN coupon" #1
# ---
"""index orders.note – für die Suche"""
from alembic import op

revision = "b7"
down_revision = "b6"


def upgrade() -> None:
    op.execute("CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)")
    op.execute('ALTER TABLE orders DROP COLUMN coupon')


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY ix_orders_note")
    op.execute("ALTER TABLE orders ADD COLUMN coupon varchar(16)")
