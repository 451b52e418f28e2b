-- The value can be used only after this is committed: insert it or make it a default in the next migration.
-- IF NOT EXISTS, because rolling back cannot remove it.
ALTER TYPE {{type}} ADD VALUE IF NOT EXISTS {{value}};
