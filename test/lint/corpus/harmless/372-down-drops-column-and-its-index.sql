-- corpus: tool=dbmate; postgres=15; history=shop; direction=up; rows users=2000000
-- ---
-- migrate:up
CREATE TABLE badges (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    color text,
    UNIQUE (color)
);
CREATE FUNCTION badges_check() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER badges_check BEFORE INSERT ON badges FOR EACH ROW EXECUTE FUNCTION badges_check();
COMMENT ON TABLE badges IS 'What users earn';

-- migrate:down
DROP TABLE badges;
DROP FUNCTION badges_check();
