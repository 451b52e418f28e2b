-- Alone in its migration and outside of a transaction, because only then may it commit: each batch locks its rows for a
-- moment, and when it is stopped the batches before stay. Running it again goes on where rows are still empty.
DO $$
DECLARE
    batch constant int := 10000;
    first_key {{table}}.{{key}}%TYPE;
    next_key {{table}}.{{key}}%TYPE;
BEGIN
    SELECT {{key}} INTO first_key FROM {{table}} ORDER BY {{key}} LIMIT 1;
    WHILE first_key IS NOT NULL LOOP
        SELECT {{key}} INTO next_key FROM {{table}}
        WHERE {{key}} >= first_key ORDER BY {{key}} OFFSET batch LIMIT 1;

        UPDATE {{table}} SET {{column}} = {{expression}}
        WHERE {{column}} IS NULL AND {{key}} >= first_key AND (next_key IS NULL OR {{key}} < next_key);
        COMMIT;

        first_key := next_key;
    END LOOP;
END
$$;
