import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {createParser} from '../../src/parser/libpg-query.ts';
import {rehearse} from '../../src/postgres/rehearse/rehearse.ts';
import {stepViews} from '../../src/protocol/rehearsal-model.ts';
import {linesOf} from '../../src/protocol/rehearsal-source.ts';
import {begunView} from '../../src/protocol/rehearsal-state.ts';
import type {RehearsalView} from '../../src/protocol/rehearsal-view.ts';
import {useStage} from '../embedded/stage-rig.ts';
import {scriptOf} from '../rig/migration-scripts.ts';
import {value} from '../rig/sessions.ts';
import {PageRig} from './page-rig.ts';
import {about, DirectedRehearsal} from './rehearsal-rig.ts';
import {themes} from './themes.ts';

const folder = join(import.meta.dirname, '../../.cache/screenshots');
const stages = useStage();
let rig: PageRig;

beforeAll(async () => {
  await mkdir(folder, {recursive: true});
  rig = await PageRig.start('rehearsal');
});
afterAll(() => rig.stop());

const history = `CREATE TABLE customers (id int PRIMARY KEY, email text, legacy text);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int, total numeric(8, 2), note text);
CREATE FUNCTION total_of(customer int) RETURNS numeric LANGUAGE sql AS
$$ SELECT sum(total) FROM orders WHERE customer_id = customer $$;
INSERT INTO customers SELECT n, 'c' || n FROM generate_series(1, 100) AS n;
INSERT INTO orders SELECT n, n % 100 + 1, n FROM generate_series(1, 1000) AS n;
`;

const up = `-- Totals outgrow the column, and the address is asked for by law.
ALTER TABLE orders ALTER COLUMN total TYPE numeric(14, 4);
ALTER TABLE orders
  ADD COLUMN status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'paid')),
  ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers;
ALTER TABLE customers DROP COLUMN legacy;
UPDATE customers SET email = lower(email);
ALTER TABLE customers ALTER COLUMN email SET NOT NULL;
CREATE INDEX orders_status ON orders (status);
CREATE OR REPLACE FUNCTION total_of(customer int) RETURNS numeric LANGUAGE sql AS
$$ SELECT coalesce(sum(total), 0) FROM orders WHERE customer_id = customer $$;
CREATE TABLE refunds (order_id int REFERENCES orders, amount numeric);
`;

const down = `DROP TABLE refunds;
DROP INDEX orders_status;
ALTER TABLE customers ALTER COLUMN email DROP NOT NULL;
ALTER TABLE customers ADD COLUMN legacy text;
ALTER TABLE orders DROP COLUMN status, DROP CONSTRAINT orders_customer;
ALTER TABLE orders ALTER COLUMN total TYPE numeric(8, 2);
`;

async function view(): Promise<RehearsalView> {
  const stage = value(await stages.shared().open());
  const files = {up: '/migrations/2_change.up.sql', down: '/migrations/2_change.down.sql'};
  const migration = {id: '2', label: '000002', title: 'widen_totals', ...files};
  const step = {
    up: {...scriptOf(up, {id: '2'}), migration},
    down: {...scriptOf(down, {id: '2', direction: 'down'}), migration},
  };
  const request = {project: 'real', history: [scriptOf(history, {id: '1'})], steps: [step]};
  const done = value(await rehearse({stage, parser: createParser()}, request));
  await stage.release();
  if (done.kind !== 'report') expect.fail(done.stop.failure.message);
  const {report} = done;
  const model = {migration, up: linesOf(up), down: linesOf(down)};
  const steps = await stepViews([model], report.steps, () => Promise.resolve());
  return {
    ...begunView(about({version: report.version, connection: null}), steps, Date.now()),
    phase: {kind: 'ended', milliseconds: report.milliseconds},
    replay: report.replay,
    notes: report.notes,
  };
}

it('a real report says what a reader must know, in every theme', async () => {
  const real = await view();
  for (const theme of themes) {
    const opened = await rig.open('rehearsal', theme, new DirectedRehearsal(real).connect);
    const {page, problems} = opened;
    await page.locator('.statement').first().waitFor();
    expect(await page.locator('.verdict').allTextContents()).toEqual([
      'Passes',
      'ACCESS EXCLUSIVE on public.orders while the table is rewritten',
      'Undo differs',
      'Deletes data',
    ]);
    expect(await page.locator('.statement').count()).toBe(8);
    // Down gives back the column and not the function.
    await page
      .getByText(/total_of/)
      .first()
      .waitFor();
    await page.screenshot({path: join(folder, `rehearsal-real-${theme.name}.png`), fullPage: true});
    expect(problems).toEqual([]);
    await opened.close();
  }
});
