# corpus: tool=alembic; postgres=15; history=shop
# ---
"""nothing but words"""
import logging

from alembic import op

revision = "aa11bb22cc33"
down_revision = None

log = logging.getLogger("alembic.runtime.migration")

# op.execute("TRUNCATE orders")
HELP = "ALTER TABLE orders ALTER COLUMN note SET NOT NULL"


def upgrade():
    log.info("DROP TABLE orders")
    print("UPDATE orders SET total = 0")
    op.execute("COMMENT ON TABLE orders IS 'What customers want'")


def downgrade():
    op.execute("COMMENT ON TABLE orders IS NULL")
