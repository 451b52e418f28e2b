-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
CREATE FUNCTION open_orders_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO orders (user_id, total) VALUES (NEW.user_id, NEW.total);
    RETURN NEW;
END
$$;
CREATE TRIGGER open_orders_insert INSTEAD OF INSERT ON open_orders
    FOR EACH ROW EXECUTE FUNCTION open_orders_insert();
