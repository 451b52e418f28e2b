-- What grew over fifteen years: mixed case, blanks, keywords and letters of all kinds in names.
CREATE SCHEMA "Kunden";

CREATE TABLE "Customers" (
    "CustomerID" serial PRIMARY KEY,
    "Name" character varying(50),
    "E-Mail" character varying(80),
    "Größe" integer,
    "createdAt" timestamp without time zone DEFAULT now()
);

CREATE TABLE "Order Details" (
    "OrderID" integer NOT NULL,
    "Line" smallint NOT NULL,
    "ProductCode" character(8),
    "Unit Price" money,
    "select" boolean DEFAULT false,
    PRIMARY KEY ("OrderID", "Line")
);

CREATE TABLE "Kunden"."Straßen" (
    id integer NOT NULL,
    "名前" text,
    "straße" text
);
CREATE INDEX "Straßen_name" ON "Kunden"."Straßen" ("名前");

CREATE TABLE "user" (
    "Id" integer PRIMARY KEY,
    login varchar(32) NOT NULL,
    "passwordHash" text,
    active smallint DEFAULT 1,
    CONSTRAINT "UQ_user_login" UNIQUE (login)
);

CREATE TABLE tbl_log (
    log_id bigserial,
    usr_id integer REFERENCES "user" ("Id"),
    ts timestamp,
    msg text
);
CREATE INDEX "IX_Log" ON tbl_log (ts);

CREATE TABLE "T_CONFIG" (
    "KEY" varchar(64),
    "VALUE" json
);

CREATE VIEW "v_Customers" AS SELECT "CustomerID", "Name" FROM "Customers";
