-- Alone in its file, because it cannot run in a transaction, which several statements in one file are.
-- When it fails it leaves an invalid index behind: drop that before you try again.
CREATE INDEX CONCURRENTLY {{index}} ON {{table}} ({{columns}});
