-- Alone in its migration, because it cannot run in a transaction, which several statements are sent as.
-- When it fails it leaves an invalid index behind: drop that before you try again.
CREATE INDEX CONCURRENTLY {{index}} ON {{table}} ({{columns}});
