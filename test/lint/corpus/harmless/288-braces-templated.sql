-- corpus: tool=sql; postgres=15; direction=up
-- ---
GRANT SELECT ON TABLE settings TO {{ reader_role }};
ALTER ROLE {{ reader_role }} SET statement_timeout = '{{ timeout }}';
