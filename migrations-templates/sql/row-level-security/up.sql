-- From here on a role sees no row that no policy allows. The owner of the table and superusers are not bound by it;
-- ALTER TABLE … FORCE ROW LEVEL SECURITY binds the owner as well.
ALTER TABLE {{table}} ENABLE ROW LEVEL SECURITY;

CREATE POLICY {{policy}} ON {{table}}
    USING ({{expression}})
    WITH CHECK ({{expression}});
