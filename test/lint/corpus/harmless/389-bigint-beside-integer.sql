-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows order_items=30000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE order_items ADD COLUMN quantity_big bigint;
CREATE FUNCTION order_items_copy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.quantity_big := NEW.quantity;
    RETURN NEW;
END
$$;
CREATE TRIGGER order_items_copy BEFORE INSERT OR UPDATE ON order_items
    FOR EACH ROW EXECUTE FUNCTION order_items_copy();
