# corpus: tool=alembic; postgres=15; history=shop; rows users=2000000
# ---
import json

import sqlalchemy as sa
from alembic import op

revision = "1122aabbccdd"
down_revision = "0011aabbccdd"


def upgrade() -> None:
    bind = op.get_bind()
    bind.execute(
        sa.text("UPDATE users SET name = :name WHERE id = :id"),
        {"name": "Ada; DROP TABLE users", "id": 7},
    )
    rows = bind.execute(sa.text("SELECT id FROM users WHERE name IS NULL LIMIT 10")).fetchall()
    print(json.dumps([row.id for row in rows]))


def downgrade() -> None:
    """Nothing to take back: TRUNCATE users would be too much."""
