import type {RuleProof} from '../../rule.ts';

const history = `CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int, parent_id int);
CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')`;

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a foreign key of a table that is there',
      history,
      sql: 'ALTER TABLE orders\n  «ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE»;',
    },
    {
      name: 'without a name, beside another action',
      history,
      sql: 'ALTER TABLE orders ADD COLUMN note text, «ADD FOREIGN KEY (customer_id) REFERENCES customers»;',
    },
    {
      name: 'to itself',
      history,
      sql: 'ALTER TABLE orders «ADD FOREIGN KEY (parent_id) REFERENCES orders»;',
    },
    {
      name: 'to a table of the same file',
      history,
      sql: 'CREATE TABLE shops (id int PRIMARY KEY);\nALTER TABLE orders «ADD FOREIGN KEY (customer_id) REFERENCES shops»;',
    },
    {
      name: 'of a new column with a default',
      history,
      sql: 'ALTER TABLE orders ADD COLUMN shop_id int DEFAULT 1 «REFERENCES customers DEFERRABLE» NOT NULL;',
    },
    {
      name: 'of a partitioned table before 18',
      history,
      sql: 'ALTER TABLE events «ADD FOREIGN KEY (id) REFERENCES customers»;',
    },
    {
      name: 'that is enforced from now on',
      history: `${history}; ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer_id) REFERENCES customers NOT ENFORCED`,
      major: 18,
      sql: 'ALTER TABLE orders «ALTER CONSTRAINT k ENFORCED»;',
    },
    {
      name: 'of a table that no migration makes, on 18',
      major: 18,
      sql: 'ALTER TABLE ONLY public.items «ADD FOREIGN KEY (order_id) REFERENCES public.orders»;',
    },
  ],
  silent: [
    {
      name: 'with NOT VALID',
      history,
      sql: 'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;',
    },
    {
      name: 'of a new column without a default, which nothing is looked up for',
      history,
      sql: 'ALTER TABLE orders ADD COLUMN shop_id int REFERENCES customers;',
    },
    {
      name: 'of a new column whose default is NULL',
      history,
      sql: 'ALTER TABLE orders ADD COLUMN shop_id int DEFAULT NULL REFERENCES customers;',
    },
    {
      name: 'of a table of the same file',
      history,
      sql: 'CREATE TABLE items (id int, order_id int);\nALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders;',
    },
    {
      name: 'of a table that is small on the target',
      history,
      rows: {orders: 20, customers: 1_000_000},
      sql: 'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;',
    },
    {
      name: 'of a partitioned table whose partitions have it',
      history: `${history}; ALTER TABLE events_old ADD FOREIGN KEY (id) REFERENCES customers`,
      sql: 'ALTER TABLE events ADD FOREIGN KEY (id) REFERENCES customers;',
    },
    {
      name: 'that is deferred from now on',
      history,
      sql: 'ALTER TABLE orders ALTER CONSTRAINT k DEFERRABLE;',
    },
    {
      name: 'that nobody enforces',
      history,
      major: 18,
      sql: 'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT ENFORCED;',
    },
  ],
  claims: [
    {
      sql: 'ALTER TABLE items ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers',
      does: 'SRE customers, SRE items; scans items',
    },
    {
      sql: 'ALTER TABLE items ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers NOT VALID',
      does: 'SRE customers, SRE items',
    },
    {
      sql: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fk',
      does: 'RS customers, SUE orders; scans customers, orders',
    },
    {
      sql: 'ALTER TABLE orders ADD COLUMN n int REFERENCES customers',
      does: 'AE orders, SRE customers',
    },
    {
      sql: 'ALTER TABLE orders ADD COLUMN n int DEFAULT 7 REFERENCES customers',
      does: 'AE orders, SRE customers; scans customers, orders',
    },
    {
      sql: 'ALTER TABLE events ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers NOT VALID',
      does: {fails: '42809'},
      to: 17,
    },
    {
      sql: 'ALTER TABLE events ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers NOT VALID',
      does: 'SRE customers, SRE events, SRE events_old, SRE events_rest',
      from: 18,
    },
    {
      setup: `ALTER TABLE events_old ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers;
ALTER TABLE events_rest ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers`,
      sql: 'ALTER TABLE events ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers',
      does: 'AE customers, SRE events, SRE events_old, SRE events_rest',
    },
    {
      sql: 'ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers NOT ENFORCED',
      does: 'SRE customers, SRE orders',
      from: 18,
    },
    {
      setup: 'ALTER TABLE items ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers NOT ENFORCED',
      sql: 'ALTER TABLE items ALTER CONSTRAINT k ENFORCED',
      does: 'AE items, SRE customers; scans items',
      from: 18,
    },
  ],
});
