# corpus: tool=alembic; postgres=15; history=saas
# ---
"""grants"""
from alembic import op

revision = "0011aabbccdd"
down_revision = "00ffaabbccdd"

TABLES = ("accounts", "members")
READER = "app_reader"


def upgrade():
    for table in TABLES:
        op.execute(f"GRANT SELECT ON app.{table} TO {READER}")
    op.execute("COMMENT ON SCHEMA app IS 'What %s do' " % "accounts")
    op.execute(
        "INSERT INTO billing.plans (code, price) "
        "VALUES ('edu', 1.00) "
        "ON CONFLICT (code) DO NOTHING"
    )


def downgrade():
    for table in TABLES:
        op.execute(f"REVOKE SELECT ON app.{table} FROM {READER}")
    op.execute("DELETE FROM billing.plans WHERE code = 'edu'")
