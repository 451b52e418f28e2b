# corpus: tool=alembic; postgres=15; history=shop; rows orders=8000000
# ---
revision = "2233aabbccdd"
down_revision = "1122aabbccdd"

from alembic import op


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '2s'")
        op.execute("ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID")
        op.execute("ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check")
        op.execute("RESET lock_timeout")


def downgrade():
    op.execute("SET LOCAL lock_timeout = '2s'")
    op.execute("ALTER TABLE orders DROP CONSTRAINT orders_total_check")
