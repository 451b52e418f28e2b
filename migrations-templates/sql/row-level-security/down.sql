DROP POLICY {{policy}} ON {{table}};

-- Without this line every row would be hidden: no policy is left that allows one.
-- Remove it if the table has other policies.
ALTER TABLE {{table}} DISABLE ROW LEVEL SECURITY;
