# corpus: tool=alembic; postgres=14; history=shop; rows orders=8000000
# ---
revision = "ee55ff66aa77"
down_revision = "cc33dd44ee55"

from alembic import op


def upgrade():
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.execute("ALTER TABLE orders ADD COLUMN invoice_no text")


def downgrade():
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.execute("ALTER TABLE orders DROP COLUMN invoice_no")
