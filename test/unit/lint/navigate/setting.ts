import {createHistoryModel} from '../../../../src/core/lint/model/history.ts';
import type {NavigateRequest, Place} from '../../../../src/core/lint/navigate/request.ts';
import {createParseCache} from '../../../../src/core/lint/parse-cache.ts';
import {toolNamed} from '../../../../src/core/lint/tools/tools.ts';
import {createParser} from '../../../../src/parser/libpg-query.ts';

const tool = toolNamed('golang-migrate');
const cache = createParseCache(createParser());

export const history = [
  `create table orders (id bigint primary key, note varchar(20) not null default 'x', "Odd One" int);
create type status as enum ('new', 'done');
create domain email as text check (value like '%@%');`,
  `create schema app;
create table app.items (id int generated always as identity, order_id bigint references orders, state status);
create index items_order on app.items (order_id) where state = 'new';
alter table orders add constraint note_set check (note <> '');`,
  `alter table orders rename to purchases;
alter table purchases rename column note to remark;
create view recent as select p.id, p.remark as words, i.state from purchases p join app.items i on i.order_id = p.id;`,
];

export function pathOf(number: number): string {
  return `/m/${number}_step.up.sql`;
}

/** @param marked a further file, or with its number one of the history, with a cursor as a bar */
export function requestFor(marked: string, texts: readonly string[] = history): NavigateRequest {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const known = texts.indexOf(text);
  const model = createHistoryModel(cache);
  model.set(texts.map((each, index) => ({path: pathOf(index + 1), id: String(index + 1), tool, text: each})));
  const path = pathOf(known < 0 ? texts.length + 1 : known + 1);
  return {document: {path, text}, tool, offset, history: model};
}

/** @returns a file of the history with a cursor in a word of it */
export function inHistory(number: number, marked: string): string {
  const text = history[number - 1] ?? '';
  const plain = marked.replace('|', '');
  if (!text.includes(plain)) throw new Error(`no ${plain} in file ${number}`);
  return text.replace(plain, marked);
}

/** @returns a place as the file's number with the text before it in its line, the name in guillemets */
export function shown({path, start, end}: Place, more: Readonly<Record<string, string>> = {}): string {
  const number = Number(/\/(\d+)_/.exec(path)?.[1]);
  const text = more[path] ?? history[number - 1] ?? '';
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return `${number}: ${text.slice(line, start)}«${text.slice(start, end)}»`;
}
