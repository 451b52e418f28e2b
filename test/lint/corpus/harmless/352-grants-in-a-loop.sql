-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up
-- ---
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['accounts', 'members', 'projects'] LOOP
        EXECUTE format('GRANT SELECT ON app.%I TO app_reader', name);
    END LOOP;
END
$$;
