/** What auto_explain wrote of one execution. */
export interface LogRecord {
  /** ms, as logged. */
  readonly duration: number;
  /** The query and the plan, without what the log puts before each line. */
  readonly body: string;
}

/** At the beginning of a message, where no query can stand: after its severity, or in a field of its own. */
const message = /(?<=: {2}(?:\w{5}: )?|"|^[ \t]*)duration: (\d+(?:\.\d+)?) ms {2}plan:/gm;

/**
 * Finds what auto_explain wrote: in a server's log with any `log_line_prefix`, in csvlog and jsonlog, in a log that a
 * container runtime, journald or syslog prefixes once more, and in the notices of a session.
 * Source: https://www.postgresql.org/docs/current/auto-explain.html, elog.c
 */
export function logRecords(text: string): readonly LogRecord[] {
  const records: LogRecord[] = [];
  let done = 0;
  for (const found of text.matchAll(message)) {
    // A query that quotes such a line is inside of a record.
    if (found.index < done) continue;
    const [whole, ms] = found;
    const {body, end} = bodyAt(text, found.index, found.index + whole.length);
    records.push({duration: Number(ms), body});
    done = end;
  }
  return records;
}

interface Body {
  readonly body: string;
  readonly end: number;
}

/** @param after the offset behind `plan:` */
function bodyAt(text: string, start: number, after: number): Body {
  if (text.startsWith('\\n', after)) return jsonLogBody(text, start, after);
  const next = text.indexOf('\n', after) + 1;
  if (next === 0) return {body: '', end: text.length};
  if (text[start - 1] === '"' && text[next] !== '\t') return csvBody(text, start, next);
  const carrier = carrierOf(text, start, next);
  return carrier === undefined ? noticeBody(text, next) : tabbedBody(text, next, carrier);
}

/** The message is a text of JSON on one line. */
function jsonLogBody(text: string, start: number, after: number): Body {
  let quote = start - 1;
  while (quote > 0 && (text[quote] !== '"' || text[quote - 1] === '\\')) quote -= 1;
  let end = after;
  while (end < text.length && text[end] !== '"' && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  const value = parsed(text.slice(quote, end + 1));
  const [, body = ''] = typeof value === 'string' ? (/ms {2}plan:\n(.*)$/s.exec(value) ?? []) : [];
  return {body, end};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The message is a field in quotes, with those inside doubled. */
function csvBody(text: string, start: number, next: number): Body {
  let end = text.indexOf('"', start);
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  const stop = end === -1 ? text.length : end;
  return {body: text.slice(next, stop).replaceAll('""', '"'), end: stop};
}

const tab = /\t|#011/g;

/**
 * The server writes a tab before each further line of a message. What stands before that tab was put there by what
 * carries the log, and stands before the message's first line as well, but for its numbers.
 * @returns undefined where there is no such tab
 */
function carrierOf(text: string, start: number, next: number): string | undefined {
  const line = text.slice(next, lineEnd(text, next));
  tab.lastIndex = 0;
  const found = tab.exec(line);
  if (!found || found.index > 300) return undefined;
  const carrier = shapeOf(line.slice(0, found.index));
  const first = text.slice(text.lastIndexOf('\n', start) + 1, start).slice(0, 1000);
  return shapeOf(first).startsWith(carrier) ? carrier : undefined;
}

function shapeOf(text: string): string {
  return text.replace(/\d+/g, '0');
}

function tabbedBody(text: string, next: number, carrier: string): Body {
  const lines: string[] = [];
  let at = next;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    tab.lastIndex = 0;
    const found = carrier === '' ? /^\t/.exec(line) : tab.exec(line);
    if (!found || shapeOf(line.slice(0, found.index)) !== carrier) break;
    lines.push(line.slice(found.index + found[0].length));
    at = end + 1;
  }
  return {body: lines.join('\n'), end: Math.min(at, text.length)};
}

const nextMessage = /^(?:(?:psql:.*:\d+: )?[A-Z][A-Z0-9]+: {2}|duration: [\d.]+ ms {2}plan:$)/gm;

/** A client prints the lines as they are. The plan ends before the next message at the latest. */
function noticeBody(text: string, next: number): Body {
  nextMessage.lastIndex = next;
  const end = nextMessage.exec(text)?.index ?? text.length;
  return {body: text.slice(next, end), end};
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
