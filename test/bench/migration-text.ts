/** @returns a migration of so many lines, with what such files hold: tables, indexes, functions, rows, comments */
export function migrationText(lines: number): string {
  const text: string[] = ["SET lock_timeout = '2s';", ''];
  for (let number = 1; text.length < lines; number += 1) text.push(...part(number).split('\n'));
  return text.slice(0, lines).join('\n');
}

const tables = Array.from({length: 40}, (_, index) => `customers_${index}`);

/** What earlier migrations made. */
export const historyText = tables
  .map(
    table =>
      `CREATE TABLE ${table} (id bigint PRIMARY KEY, customer text, state text, placed_at timestamptz); CREATE INDEX ON ${table} (state);`,
  )
  .join('\n');

/** The one statement that a short file has. */
export const shortMigration = "ALTER TABLE customers_1 ADD COLUMN note text NOT NULL DEFAULT '';";

/** About eighty lines about one table. */
function part(number: number): string {
  const table = `orders_${number}`;
  const previous = `orders_${Math.max(1, number - 1)}`;
  const existing = tables[number % tables.length] ?? '';
  return `-- ${table}: what customers ordered, part ${number}
CREATE TABLE ${table} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  previous_id bigint REFERENCES ${previous} (id),
  customer text NOT NULL,
  state text NOT NULL DEFAULT 'new',
  total numeric(12, 2) NOT NULL DEFAULT 0,
  placed_at timestamptz NOT NULL DEFAULT now(),
  paid_at timestamptz,
  details jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT ${table}_state CHECK (state IN ('new', 'paid', 'sent', 'back')),
  CONSTRAINT ${table}_total CHECK (total >= 0)
);

COMMENT ON TABLE ${table} IS 'Orders; one row each';
COMMENT ON COLUMN ${table}.total IS 'In the currency''s unit';

CREATE INDEX ${table}_previous ON ${table} (previous_id);
CREATE INDEX ${table}_placed ON ${table} (placed_at DESC) WHERE state = 'new';
CREATE UNIQUE INDEX ${table}_customer ON ${table} (lower(customer), id);

INSERT INTO ${table} (customer, state, total) VALUES
  ('Ada', 'new', 10.5),
  ('Grace', 'paid', 20),
  ('Barbara', 'sent', 30.25),
  ('Zoë', 'back', 40);

CREATE FUNCTION ${table}_touch() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  -- Nothing that is paid is new any more.
  IF NEW.paid_at IS NOT NULL AND NEW.state = 'new' THEN
    NEW.state := 'paid';
  END IF;
  RETURN NEW;
END;
$body$;

CREATE TRIGGER ${table}_touch
  BEFORE INSERT OR UPDATE ON ${table}
  FOR EACH ROW EXECUTE FUNCTION ${table}_touch();

CREATE VIEW ${table}_open AS
  SELECT o.id, o.customer, o.total, p.total AS previous_total
  FROM ${table} o
  LEFT JOIN ${previous} p ON p.id = o.previous_id
  WHERE o.state IN ('new', 'paid')
  ORDER BY o.placed_at;

/* Changes of a table
   that has rows. */
ALTER TABLE ${existing}
  ADD COLUMN note_${number} text,
  ADD COLUMN weight_${number} integer NOT NULL DEFAULT 0,
  ADD CONSTRAINT ${existing}_weight_${number} CHECK (weight_${number} >= 0) NOT VALID;

ALTER TABLE ${existing} VALIDATE CONSTRAINT ${existing}_weight_${number};
ALTER TABLE ${existing} ALTER COLUMN customer SET STATISTICS 500;

CREATE INDEX ${existing}_placed_${number} ON ${existing} (placed_at);

UPDATE ${existing}
SET note_${number} = 'moved'
WHERE state = 'back'
  AND placed_at < now() - interval '1 year';

GRANT SELECT, INSERT, UPDATE ON ${table} TO app;
GRANT SELECT ON ${table}_open TO reporting;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    RAISE NOTICE 'no role app';
  END IF;
END
$$;
`;
}
