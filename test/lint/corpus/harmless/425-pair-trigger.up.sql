-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows payments=12000000
-- ---
SET LOCAL lock_timeout = '2s';
CREATE FUNCTION payments_stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.paid_at := now(); RETURN NEW; END $$;
CREATE TRIGGER payments_stamp BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION payments_stamp();
