import type {Span} from '../sql/positions.ts';
import type {Edit, Severity} from './finding.ts';

interface Member extends Span {
  readonly key: unknown;
  /** Where its value begins. */
  readonly value: number;
}

/** What stands between the braces of an object. */
interface Members extends Span {
  readonly all: readonly Member[];
}

/**
 * Says how a rule counts, and leaves the rest of the file as it is written.
 * @param text a `howdah.json` that `readProjectConfig` accepts
 * @param severity absent to say nothing of the rule
 * @returns nothing where there is nothing to change
 */
export function editOfRule(text: string, rule: string, severity?: Severity | 'off'): Edit | undefined {
  const path = ['lint', 'rules', rule];
  const value = severity && JSON.stringify(severity);
  let members = membersAt(text, text.indexOf('{'));
  for (const [depth, key] of path.entries()) {
    const at = members.all.findLastIndex(member => member.key === key);
    const member = members.all[at];
    if (!member) return value === undefined ? undefined : added(text, members, path.slice(depth), value);
    if (depth === path.length - 1)
      return value === undefined ? removed(members, at) : {start: member.value, end: member.end, text: value};
    members = membersAt(text, member.value);
  }
  return undefined;
}

/** As the members before it are set apart. */
function added(text: string, {all, start, end}: Members, path: readonly string[], value: string): Edit {
  const entry = path.reduceRight(
    (inner, key, index) =>
      index === 0 ? `${JSON.stringify(key)}: ${inner}` : `{${JSON.stringify(key)}: ${inner}}`,
    value,
  );
  const [first] = all;
  const last = all.at(-1);
  if (!first || !last) return {start, end, text: entry};
  const blank = text.slice(start, first.start);
  return {start: last.end, end: last.end, text: `,${blank === '' ? ' ' : blank}${entry}`};
}

/** With the comma that set it apart. */
function removed({all, start, end}: Members, at: number): Edit {
  const [before, member, after] = [all[at - 1], all[at], all[at + 1]];
  if (before && member) return {start: before.end, end: member.end, text: ''};
  return member && after ? {start: member.start, end: after.start, text: ''} : {start, end, text: ''};
}

/** @param open where the object's brace is */
function membersAt(text: string, open: number): Members {
  const all: Member[] = [];
  let start = afterBlanks(text, open + 1);
  while (start < text.length && text[start] !== '}') {
    const keyEnd = endOfValue(text, start);
    const value = afterBlanks(text, text.indexOf(':', keyEnd) + 1);
    const end = endOfValue(text, value);
    all.push({key: JSON.parse(text.slice(start, keyEnd)), start, value, end});
    const next = afterBlanks(text, end);
    start = text[next] === ',' ? afterBlanks(text, next + 1) : next;
  }
  return {all, start: open + 1, end: start};
}

function afterBlanks(text: string, at: number): number {
  let end = at;
  while (/\s/.test(text[end] ?? '')) end += 1;
  return end;
}

function endOfValue(text: string, at: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]|[\s,:]|[^\s,:{}[\]"]+/gy;
  token.lastIndex = at;
  let depth = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === '{' || found[0] === '[') depth += 1;
    if (found[0] === '}' || found[0] === ']') depth -= 1;
    if (depth === 0) break;
  }
  return token.lastIndex;
}
