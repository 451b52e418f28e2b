# corpus: tool=alembic; history=legacy
# expect: drop-column at "DROP COLUMN \"ProductCode\"" #1
# expect: type-change at "TYPE numeric(12, 2) USING \"Unit Price\"::numeric" #1
# ---
"""Löscht alte Spalten – 古い列"""
from alembic import op

revision = "c1"
down_revision = None


def upgrade():
    op.execute("""
        ALTER TABLE "Order Details"
            DROP COLUMN "ProductCode",
            ALTER COLUMN "Unit Price" TYPE numeric(12, 2) USING "Unit Price"::numeric
    """)


def downgrade():
    pass
