-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE FUNCTION add_tax(net numeric, rate numeric DEFAULT 0.19) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    BEGIN ATOMIC
        SELECT round(net * (1 + rate), 2);
    END;
