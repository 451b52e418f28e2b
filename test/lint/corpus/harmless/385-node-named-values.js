// corpus: tool=node-pg-migrate; postgres=15; history=saas
// ---
exports.up = pgm => {
  pgm.sql('GRANT SELECT ON {table} TO {role}', {table: 'app.members', role: 'app_reader'});
  pgm.sql('COMMENT ON TABLE app.members IS ' + "'Who may do what; DROP TABLE app.members'");
  pgm.sql(
    'INSERT INTO billing.plans (code, price) ' +
      "VALUES ('club', 3) " +
      'ON CONFLICT (code) DO NOTHING',
  );
};

exports.down = pgm => {
  pgm.sql('REVOKE SELECT ON {table} FROM {role}', {table: 'app.members', role: 'app_reader'});
  pgm.sql("DELETE FROM billing.plans WHERE code = 'club'");
};
