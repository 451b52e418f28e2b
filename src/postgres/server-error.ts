import * as z from 'zod/mini';
import type {ServerError} from '../core/outcome.ts';
import type {Notice} from '../core/session.ts';

const text = z.optional(z.string());

/** What the driver makes of an ErrorResponse or NoticeResponse; a system error has no `severity`. */
const Report = z.object({
  code: z.string().check(z.length(5)),
  severity: z.string(),
  message: z.string(),
  detail: text,
  hint: text,
  position: text,
  internalPosition: text,
  internalQuery: text,
  where: text,
  schema: text,
  table: text,
  column: text,
  dataType: text,
  constraint: text,
});

/** @returns the fields of the server's ErrorResponse, or undefined when `error` did not come from a server. */
export function readServerError(error: unknown): ServerError | undefined {
  const parsed = Report.safeParse(error);
  if (!parsed.success) return undefined;
  const {code, severity, message, position, internalPosition, ...fields} = parsed.data;
  return {
    sqlState: code,
    severity,
    message,
    ...present(fields),
    ...(position === undefined ? {} : {position: Number(position)}),
    ...(internalPosition === undefined ? {} : {internalPosition: Number(internalPosition)}),
  };
}

/** @returns the fields of the server's NoticeResponse, which has the fields of an error. */
export function readNotice(message: unknown): Notice | undefined {
  const error = readServerError(message);
  if (!error) return undefined;
  const {position: _, ...notice} = error;
  return notice;
}

type Present<T> = {[K in keyof T]?: Exclude<T[K], undefined>};

/** @returns the fields that have a value. */
function present<T extends Record<string, string | undefined>>(fields: T): Present<T>;
function present(fields: Record<string, string | undefined>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) kept[name] = value;
  return kept;
}
