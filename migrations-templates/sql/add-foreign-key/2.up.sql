-- In a transaction of its own, after the one that added the constraint: writes go on while the rows are checked.
ALTER TABLE {{table}} VALIDATE CONSTRAINT {{constraint}};
