import {runsAlone} from '../migrations/runs-alone.ts';

/** @returns a migration of both directions, with the annotations that its statements need */
export function newFileText(up: string, down: string): string {
  const alone = runsAlone(up + down) ? '-- +goose NO TRANSACTION\n' : '';
  return `${alone}-- +goose Up\n${whole(up)}\n-- +goose Down\n${whole(down)}`;
}

/** A body in dollars may have lines that end in a semicolon. */
function whole(sql: string): string {
  return /\$\w*\$/.test(sql) ? `-- +goose StatementBegin\n${sql}-- +goose StatementEnd\n` : sql;
}
