import type {LintFile} from '../file.ts';
import {fileNameOf} from '../tools/passage.ts';
import type {Placed} from './place-steps.ts';

/** @returns a text for the other direction, where it has none; or for this one, when that is what is empty */
export function placeCounterpart(sql: string, file: LintFile): Placed | undefined {
  const lineEnd = file.text.includes('\r\n') ? '\r\n' : '\n';
  const text = `${ended(sql.trimEnd()).replaceAll(/\r?\n/g, lineEnd)}${lineEnd}`;
  if (file.tool.undo === 'file') return inFile(text, file);
  return file.tool.undo === 'part' ? inPart(text, file, lineEnd) : undefined;
}

/** The last line may be a comment. */
function ended(sql: string): string {
  return /(?:;|^--[^\n]*)$/m.test(sql.slice(sql.lastIndexOf('\n') + 1)) ? sql : `${sql};`;
}

/** An empty file of one direction is what is filled; beside a file with statements it is the other one. */
function inFile(text: string, file: LintFile): Placed | undefined {
  if (file.statements.length === 0)
    return {edits: [{start: file.text.length, end: file.text.length, text}], adds: []};
  const name = fileNameOf(file.path);
  const other = name.replace(/\.(up|down)(?=\.[^.]*$)/, (_, direction: string) =>
    direction === 'up' ? '.down' : '.up',
  );
  if (name === other) return undefined;
  const path = file.counterpart?.path ?? `${file.path.slice(0, -name.length)}${other}`;
  const end = file.counterpart?.text?.length ?? 0;
  return {edits: [], adds: [], elsewhere: [{path, edits: [{start: end, end, text}]}]};
}

const markers: Readonly<Record<string, readonly [up: string, down: string]>> = {
  dbmate: ['-- migrate:up', '-- migrate:down'],
  goose: ['-- +goose Up', '-- +goose Down'],
  'node-pg-migrate': ['-- Up Migration', '-- Down Migration'],
};

/** Behind the mark of the direction, which is made where it is missing. */
function inPart(
  text: string,
  {tool, path, text: whole, direction, statements}: LintFile,
  lineEnd: string,
): Placed | undefined {
  const marks = markers[tool.id];
  if (!marks || !/\.sql$/i.test(path)) return undefined;
  const isDown = (direction === 'down') === (statements.length === 0);
  const mark = isDown ? marks[1] : marks[0];
  const found = new RegExp(`^${mark.replace('+', '\\+')}\\b[^\\n]*(?:\\n|$)`, 'im').exec(whole);
  if (!found && !isDown) return undefined;
  const at = found ? found.index + found[0].length : whole.length;
  const before = at > 0 && whole[at - 1] !== '\n' ? lineEnd : '';
  const head = found ? '' : `${lineEnd}${mark}${lineEnd}`;
  return {edits: [{start: at, end: at, text: `${before}${head}${text}`}], adds: []};
}
