-- corpus: tool=goose; postgres=16; history=saas; direction=up
-- ---
-- +goose Up
CREATE TABLE app.documents (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id uuid NOT NULL,
    body text NOT NULL
);
CREATE INDEX documents_account_id_idx ON app.documents (account_id);

ALTER TABLE app.documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.documents FORCE ROW LEVEL SECURITY;
CREATE POLICY documents_of_account ON app.documents
    USING (account_id = app.current_account())
    WITH CHECK (account_id = app.current_account());

-- +goose Down
DROP TABLE app.documents;
