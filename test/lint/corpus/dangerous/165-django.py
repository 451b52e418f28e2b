# corpus: tool=sql; history=shop; rows orders=5000000
# expect: set-not-null-scans at "ALTER COLUMN coupon SET NOT NULL" #1
# expect: concurrently-in-transaction at "CONCURRENTLY" #1
# ---
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0041_auto")]

    operations = [
        migrations.RunSQL(
            sql="ALTER TABLE orders ALTER COLUMN coupon SET NOT NULL",
            reverse_sql="ALTER TABLE orders ALTER COLUMN coupon DROP NOT NULL",
        ),
        migrations.RunSQL("CREATE INDEX CONCURRENTLY orders_coupon_ix ON orders (coupon)"),
    ]
