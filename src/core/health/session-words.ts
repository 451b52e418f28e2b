import type {SessionRow} from './parts/sessions.ts';

/** @returns who a session is, for a sentence: `session 4711 of app (billing, 10.0.0.3)` */
export function whoIs({pid, user, application, client, kind}: SessionRow): string {
  const more = [application, client].filter(word => word !== undefined && word !== '').join(', ');
  const name = kind === 'client backend' ? `session ${pid}` : `${kind} ${pid}`;
  return `${name}${user === undefined ? '' : ` of ${user}`}${more === '' ? '' : ` (${more})`}`;
}

/** Characters of a query in a piece of evidence. */
const longest = 200;

/** @returns evidence of what a session runs, or ran last */
export function runsWhat({query, state}: SessionRow): readonly string[] {
  if (query === undefined) return [];
  const line = query.replaceAll(/\s+/g, ' ').trim();
  const shown = line.length > longest ? `${line.slice(0, longest)}…` : line;
  return [`${state === 'active' ? 'It runs' : 'Its last statement was'}: ${shown}`];
}

/** @returns what is waited for: `a row of public.orders`, `ACCESS EXCLUSIVE on public.orders`, `an advisory lock` */
export function wantsWhat({type, mode, relation}: NonNullable<SessionRow['wants']>): string {
  switch (type) {
    case 'transactionid':
    case 'tuple':
      return relation === undefined ? 'the end of a transaction' : `a row of ${relation}`;
    case 'virtualxid':
      return 'the end of a transaction';
    case 'advisory':
      return 'an advisory lock';
    default:
      return `${mode} on ${relation ?? `a lock of the kind ${type}`}`;
  }
}
