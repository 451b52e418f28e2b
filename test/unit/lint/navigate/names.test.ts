import {describe, expect, it} from 'vitest';
import {definitionAt} from '../../../../src/core/lint/navigate/definition.ts';
import {hoverAt} from '../../../../src/core/lint/navigate/hover.ts';
import {referencesAt} from '../../../../src/core/lint/navigate/references.ts';
import {inHistory, requestFor, shown} from './setting.ts';

describe('definition', () => {
  it.each([
    ['select * from pur|chases', '1: create table «orders»'],
    ['select |remark from purchases', '1: create table orders (id bigint primary key, «note»'],
    ['select p.rem|ark from purchases p', '1: create table orders (id bigint primary key, «note»'],
    ['select i.state from app.it|ems i', '2: create table «app.items»'],
    ['drop index app.items_order|', '2: create index «items_order»'],
    ['alter table purchases drop constraint note|_set', '2: alter table orders add constraint «note_set»'],
    ['create table t (a sta|tus)', '1: create type «status»'],
    ['alter table app.items add b em|ail', '1: create domain «email»'],
    ['drop schema ap|p cascade', undefined],
    ['select words from rec|ent', '3: create view «recent»'],
    ['select nothing from nobody|', undefined],
    [inHistory(2, 'references ord|ers'), '1: create table «orders»'],
    [inHistory(3, 'column no|te to'), '1: create table orders (id bigint primary key, «note»'],
  ])('%s', async (marked, expected) => {
    const place = await definitionAt(requestFor(marked));
    expect(place && shown(place)).toBe(expected);
  });
});

describe('hover', () => {
  it.each([
    [
      'select * from app.it|ems',
      'items',
      ['id integer NOT NULL GENERATED ALWAYS AS IDENTITY,', 'state status,', 'order_id bigint,'],
    ],
    [
      'select rem|ark from purchases',
      'remark',
      ["purchases.remark character varying(20) NOT NULL DEFAULT 'x'"],
    ],
    [
      'drop index app.items_or|der',
      'items_order',
      ["INDEX items_order ON app.items (order_id) WHERE state = 'new'"],
    ],
    ['alter table purchases drop constraint note|_set', 'note_set', ['ADD CONSTRAINT note_set']],
    ['alter type sta|tus add value 1', 'status', ["TYPE status AS ENUM ('new', 'done')"]],
  ])('%s', async (marked, name, words) => {
    const request = requestFor(marked);
    const found = await hoverAt(request);
    const {start, end} = found?.span ?? {start: 0, end: 0};
    expect(request.document.text.slice(start, end)).toBe(name);
    for (const each of words) expect(found?.definition).toContain(each);
    expect(found?.made).toBeDefined();
  });

  it('says where something was changed last', async () => {
    const found = await hoverAt(requestFor('select * from purch|ases'));
    expect([found?.made?.id, found?.changed?.id]).toEqual(['1', '3']);
  });
});

describe('references', () => {
  it.each<readonly [string, readonly string[]]>([
    [
      'select * from purch|ases',
      [
        '1: create table «orders»',
        '2: create table app.items (id int generated always as identity, order_id bigint references «orders»',
        '2: alter table «orders»',
        '3: alter table «orders»',
        '3: alter table orders rename to «purchases»',
        '3: alter table «purchases»',
        '3: create view recent as select p.id, p.remark as words, i.state from «purchases»',
      ],
    ],
    [
      inHistory(1, 'no|te varchar'),
      [
        '1: create table orders (id bigint primary key, «note»',
        '2: alter table orders add constraint note_set check («note»',
        '3: alter table purchases rename column «note»',
        '3: alter table purchases rename column note to «remark»',
        '3: create view recent as select p.id, p.«remark»',
      ],
    ],
    [
      inHistory(2, 'state sta|tus'),
      [
        '1: create type «status»',
        '2: create table app.items (id int generated always as identity, order_id bigint references orders, state «status»',
      ],
    ],
  ])('%s', async (marked, expected) => {
    const found = await referencesAt(requestFor(marked), {withDefinition: true});
    expect(found.filter(({path}) => !path.includes('/4_')).map(place => shown(place))).toEqual(expected);
  });

  it('looks into files that take migrations back', async () => {
    const down = {
      path: '/m/2_step.down.sql',
      text: 'alter table orders drop constraint note_set; drop table app.items',
      up: '/m/2_step.up.sql',
    };
    const found = await referencesAt(requestFor(inHistory(2, 'constraint note|_set')), {downs: [down]});
    expect(found.map(place => shown(place, {[down.path]: down.text}))).toEqual([
      '2: alter table orders drop constraint «note_set»',
    ]);
  });
});
