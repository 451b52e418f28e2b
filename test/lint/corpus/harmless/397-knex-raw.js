// corpus: tool=sql; postgres=15; history=saas
// ---
exports.up = async knex => {
  await knex.raw(`
    CREATE TABLE app.attachments (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      member_id uuid NOT NULL,
      name text NOT NULL
    )
  `);
  await knex.raw('CREATE INDEX attachments_member_id_idx ON app.attachments (member_id)');
  await knex.raw('INSERT INTO billing.plans (code, price) VALUES (?, ?) ON CONFLICT DO NOTHING', ['files', 4]);
};

exports.down = async knex => {
  await knex.raw('DELETE FROM billing.plans WHERE code = ?', ['files']);
  await knex.raw('DROP TABLE app.attachments');
};
