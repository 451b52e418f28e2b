-- corpus: tool=goose; postgres=15; history=shop; direction=up
-- ---
-- +goose Up
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION order_number(id bigint) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    -- DROP TABLE orders; would be something else
    RETURN 'O-' || lpad(id::text, 10, '0');
END;
$$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION order_number(bigint);
