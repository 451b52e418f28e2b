/** What the cases find: roles are the cluster's, so they may be there already. */
export const setUp = `
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reader') THEN CREATE ROLE reader; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'writer') THEN CREATE ROLE writer LOGIN PASSWORD 'writer'; END IF;
EXCEPTION WHEN unique_violation OR duplicate_object THEN NULL;
END $$;
CREATE EXTENSION hstore SCHEMA public;
CREATE SCHEMA s;
CREATE TYPE s.mood AS ENUM ('sad', 'ok');
CREATE COLLATION s.german (provider = icu, locale = 'de-DE');
CREATE FOREIGN DATA WRAPPER dummy;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER dummy;
CREATE TABLE s.keys (a int, b int, UNIQUE (a, b))`;
