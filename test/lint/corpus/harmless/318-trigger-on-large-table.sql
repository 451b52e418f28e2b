-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows payments=12000000
-- ---
SET LOCAL lock_timeout = '2s';
CREATE FUNCTION payments_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('payments', NEW.id::text);
    RETURN NULL;
END
$$;
CREATE TRIGGER payments_notify AFTER INSERT ON payments FOR EACH ROW EXECUTE FUNCTION payments_notify();
