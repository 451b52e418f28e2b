import type {AttributeValue} from '../attributes.ts';
import type {ObjectIdentity} from '../objects.ts';
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
  const what = `${rule.label} of ${described(object)} ${plural.test(rule.label) ? 'are' : 'is'}`;
  if (rule.roles === 'grantees') return grantWords(what, expected, live);
  const [is, should] = [valueWords(rule, live), valueWords(rule, expected)];
  return is.length > short || should.length > short
    ? `${what} not as expected.`
    : `${what} ${is}; expected is ${should}.`;
}

const plural =
  /^(?:Storage parameters|Options|Settings|Keys|Privileges|Memberships|Capabilities|Security labels|Statistics targets|Dictionaries|Extensions|Generated columns|Columns|(?:Included|Referenced) columns)/;

function valueWords({flag, absent = 'none', text}: AttributeRule, value: AttributeValue | undefined): string {
  if (flag) return value === true ? flag.on : flag.off;
  if (value === undefined) return absent;
  if (isList(value)) return value.length === 0 ? absent : value.join(', ');
  if (isRecord(value)) return recordWords(value);
  return text === undefined ? String(value) : String(value).replaceAll(/\s+/g, ' ').trim();
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
  const all = [...lost, ...gained].join('; ');
  return all.length > 2 * short ? `${what} not as expected.` : `${what} not as expected: ${all}.`;
}

/** @returns such as `SELECT for reader` */
function grantsOnlyIn(one: AttributeValue | undefined, other: AttributeValue | undefined): readonly string[] {
  const others = new Map<string, string | readonly string[]>(isRecord(other) ? Object.entries(other) : []);
  return Object.entries(isRecord(one) ? one : {}).flatMap(([grantee, privileges]) => {
    const granted = new Set([others.get(grantee) ?? []].flat());
    const only = [privileges].flat().filter(privilege => !granted.has(privilege));
    return only.length === 0 ? [] : [`${only.map(inWords).join(', ')} for ${grantee}`];
  });
}

function inWords(privilege: string): string {
  return privilege.replace('*', ' with grant option');
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
