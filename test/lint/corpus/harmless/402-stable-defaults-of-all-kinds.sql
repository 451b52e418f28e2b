-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up; rows app.events=90000000 app.accounts=50000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE app.events
    ADD COLUMN received_at timestamptz NOT NULL DEFAULT timezone('utc', now()),
    ADD COLUMN stored_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
    ADD COLUMN labels text[] DEFAULT ARRAY[]::text[],
    ADD COLUMN retries integer NOT NULL DEFAULT (2 + 1),
    ADD COLUMN keep interval DEFAULT make_interval(days => 30),
    ADD COLUMN origin text COLLATE "C" DEFAULT lower('WEB'),
    ADD COLUMN account uuid DEFAULT app.current_account(),
    ADD COLUMN tenant text DEFAULT current_setting('app.tenant', true),
    ADD COLUMN role app.member_role DEFAULT 'member',
    ADD COLUMN forever timestamptz DEFAULT 'infinity';
