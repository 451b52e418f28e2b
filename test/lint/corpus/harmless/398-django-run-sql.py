# corpus: tool=sql; postgres=15; history=shop; rows orders=8000000
# ---
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("shop", "0041_auto")]

    operations = [
        migrations.RunSQL(
            sql="CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at)",
            reverse_sql="DROP INDEX CONCURRENTLY orders_placed_at_idx",
        ),
        migrations.RunSQL("COMMENT ON COLUMN orders.total IS 'Gross'", migrations.RunSQL.noop),
    ]
