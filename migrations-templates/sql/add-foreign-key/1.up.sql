-- NOT VALID: new rows are checked from now on, the rows that are there already are not looked at, so that both tables
-- are locked for a moment only. The next migration checks them.
ALTER TABLE {{table}}
    ADD CONSTRAINT {{constraint}} FOREIGN KEY ({{column}}) REFERENCES {{target}} ({{key}}) NOT VALID;
