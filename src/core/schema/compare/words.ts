import type {AttributeValue, ObjectIdentity} from '../objects.ts';
import {isList, isRecord} from './equal.ts';
import {described} from './names.ts';
import type {AttributeRule, Change} from './rule.ts';

/** Longer values are for the side-by-side view. */
const short = 80;

export function missingWords(object: ObjectIdentity): string {
  return `${capital(described(object))} is missing.`;
}

export function extraWords(object: ObjectIdentity): string {
  return `${capital(described(object))} exists, and is not expected.`;
}

export function renamedWords(object: ObjectIdentity, name: string): string {
  return `${capital(described(object))} has another name: ${name}.`;
}

export function orderWords(
  object: ObjectIdentity,
  expected: readonly string[],
  live: readonly string[],
): string {
  const [is, should] = [live.join(', '), expected.join(', ')];
  const tail = is.length > short ? '' : `: ${is}; expected is ${should}`;
  return `The columns of ${described(object)} stand in another order${tail}.`;
}

export function changedWords(rule: AttributeRule, {object, expected, live}: Change): string {
  const what = `${rule.label} of ${described(object)}`;
  if (rule.roles === 'grantees') return grantWords(what, expected, live);
  const [is, should] = [valueWords(rule, live), valueWords(rule, expected)];
  return is.length > short || should.length > short
    ? `${what} ${isPlural(rule) ? 'are' : 'is'} not as expected.`
    : `${what} ${isPlural(rule) ? 'are' : 'is'} ${is}; expected is ${should}.`;
}

function isPlural({label}: AttributeRule): boolean {
  return /^(?:Storage parameters|Options|Settings|Keys|\w*\s?[Cc]olumns|Columns of .*|Privileges|Memberships|Capabilities|Security labels|Statistics targets|Dictionaries .*|Extensions .*|Rights .*)/.test(
    label,
  );
}

function valueWords({flag, absent = 'none'}: AttributeRule, value: AttributeValue | undefined): string {
  if (flag) return value === true ? flag.on : flag.off;
  if (value === undefined) return absent;
  if (isList(value)) return value.length === 0 ? absent : value.join(', ');
  return isRecord(value) ? recordWords(value) : String(value);
}

function recordWords(value: Readonly<Record<string, string | readonly string[]>>): string {
  return Object.entries(value)
    .map(([name, part]) => `${name}=${[part].flat().join('|')}`)
    .join(', ');
}

function grantWords(
  what: string,
  expected: AttributeValue | undefined,
  live: AttributeValue | undefined,
): string {
  const lost = grantsOnlyIn(expected, live).map(grant => `${grant} is missing`);
  const gained = grantsOnlyIn(live, expected).map(grant => `${grant} is not expected`);
  const all = [...lost, ...gained].join(', ');
  return all.length > 2 * short ? `${what} are not as expected.` : `${what} are not as expected: ${all}.`;
}

/** @returns such as `SELECT for reader`, `nothing for app` */
function grantsOnlyIn(one: AttributeValue | undefined, other: AttributeValue | undefined): readonly string[] {
  const others = isRecord(other)
    ? new Map(Object.entries(other))
    : new Map<string, string | readonly string[]>();
  return Object.entries(isRecord(one) ? one : {}).flatMap(([grantee, privileges]) => {
    const granted = new Set([others.get(grantee) ?? []].flat());
    const own = [privileges].flat();
    const only = own.filter(privilege => !granted.has(privilege));
    if (own.length === 0 && !others.has(grantee)) return [`nothing for ${grantee}`];
    return only.length === 0 ? [] : [`${only.join(', ')} for ${grantee}`];
  });
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
