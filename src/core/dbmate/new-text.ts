import {runsAlone} from '../migrations/runs-alone.ts';

/** @returns what `dbmate new` writes, with the statements in their places */
export function newFileText(up: string, down: string): string {
  return `-- migrate:up${option(up)}\n${up}\n-- migrate:down${option(down)}\n${down}`;
}

function option(sql: string): string {
  return runsAlone(sql) ? ' transaction:false' : '';
}
