-- What a service with two schemas has: accounts and their work in app, money in billing.
CREATE SCHEMA app;
CREATE SCHEMA billing;

CREATE TYPE app.member_role AS ENUM ('owner', 'admin', 'member');

CREATE TABLE app.accounts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    slug text NOT NULL,
    settings jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX accounts_slug_key ON app.accounts (slug);

CREATE TABLE app.members (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id uuid NOT NULL REFERENCES app.accounts (id),
    email text NOT NULL,
    role app.member_role NOT NULL DEFAULT 'member',
    last_seen_at timestamptz
);
CREATE INDEX members_account_id_idx ON app.members (account_id);

CREATE TABLE app.projects (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id uuid NOT NULL,
    title text NOT NULL,
    archived boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX projects_account_id_idx ON app.projects (account_id);

CREATE TABLE app.events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id uuid NOT NULL,
    kind varchar(32) NOT NULL,
    payload jsonb NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX events_project_id_at_idx ON app.events (project_id, at);
ALTER TABLE app.events
    ADD CONSTRAINT events_project_id_fkey FOREIGN KEY (project_id) REFERENCES app.projects (id) NOT VALID;

CREATE TABLE billing.invoices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id uuid NOT NULL,
    number integer NOT NULL,
    amount numeric(12, 2) NOT NULL,
    currency text NOT NULL,
    issued_on date NOT NULL,
    CONSTRAINT invoices_number_key UNIQUE (number),
    CONSTRAINT invoices_amount_check CHECK (amount >= 0)
);
CREATE INDEX invoices_account_id_idx ON billing.invoices (account_id);

CREATE TABLE billing.plans (
    code text PRIMARY KEY,
    price numeric(10, 2) NOT NULL
);

CREATE VIEW billing.revenue AS
    SELECT account_id, sum(amount) AS amount FROM billing.invoices GROUP BY account_id;

CREATE FUNCTION app.current_account() RETURNS uuid LANGUAGE sql STABLE AS
    $$SELECT nullif(current_setting('app.account', true), '')::uuid$$;
