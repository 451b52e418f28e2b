import {enumeratedInShort} from '../../words.ts';
import type {AttributeValue} from '../attributes.ts';
import type {Gap, SchemaKind, SchemaObject, SchemaSnapshot} from '../objects.ts';
import {isRecord} from './equal.ts';
import {described} from './names.ts';
import type {AttributeRule, Change} from './rule.ts';

/** What the older of two servers does not have is no difference, but is told once where the newer one uses it. */
export interface Versions {
  /** @returns the change without what the older server cannot have */
  known(rule: AttributeRule, change: Change): Change;
  /** Whether the older server cannot have such an object as an object of its own. */
  isUnknown(object: SchemaObject): boolean;
  gaps(): readonly Gap[];
}

export function versionsOf(expected: SchemaSnapshot, live: SchemaSnapshot): Versions {
  const older = Math.min(expected.versionNumber, live.versionNumber);
  const newer = Math.max(expected.versionNumber, live.versionNumber);
  const isOneVersion = major(older) === major(newer);
  const notes = new Map<string, {readonly kind: SchemaKind; readonly names: Set<string>}>();
  const note = (words: string, object: SchemaObject): void => {
    const known = notes.get(`${object.kind} ${words}`) ?? {kind: object.kind, names: new Set<string>()};
    known.names.add(described(object));
    notes.set(`${object.kind} ${words}`, known);
  };
  const lacks = (what: string, object: SchemaObject): void =>
    note(`${what} is not compared, because PostgreSQL ${major(older)} does not have it`, object);
  return {
    known: (rule, change) => {
      if (isOneVersion) return change;
      const {object, expected: one, live: other} = change;
      if (rule.withinMajor) {
        note(`${rule.label} is not compared between PostgreSQL ${major(older)} and ${major(newer)}`, object);
        return {object};
      }
      if (isNewer(rule, one, older) || isNewer(rule, other, older)) {
        lacks(rule.label, object);
        return {object};
      }
      const [first, second] = [withoutNewer(rule, one, older), withoutNewer(rule, other, older)];
      for (const {dropped} of [first, second]) if (dropped !== undefined) lacks(dropped, object);
      return {object, expected: first.value, live: second.value};
    },
    isUnknown: object => {
      if (isOneVersion || object.kind !== 'constraint' || object.attributes.type !== 'not null') return false;
      const since = object.parent?.startsWith('domain ') ? 170_000 : 180_000;
      if (since <= older) return false;
      lacks('A NOT NULL constraint of its own', object);
      return true;
    },
    gaps: () =>
      [...notes].map(([key, {kind, names}]) => ({
        kind,
        words: `${key.slice(kind.length + 1)}: ${enumeratedInShort([...names])}.`,
      })),
  };
}

function isNewer(
  {since = 0, valuesSince}: AttributeRule,
  value: AttributeValue | undefined,
  older: number,
): boolean {
  if (value === undefined) return false;
  return since > older || (typeof value === 'string' && (valuesSince?.[value] ?? 0) > older);
}

function major(versionNumber: number): number {
  return Math.floor(versionNumber / 10_000);
}

type Grants = Readonly<Record<string, string>> | Readonly<Record<string, readonly string[]>>;
type Rest = {readonly value: AttributeValue | undefined; readonly dropped?: string};

function withoutNewer(rule: AttributeRule, value: AttributeValue | undefined, older: number): Rest {
  if (!isRecord(value)) return {value};
  if (rule.roles === 'grantees') return withoutMaintain(value, older);
  const entries = Object.entries(value);
  const kept = entries.filter(([name]) => (rule.valuesSince?.[name] ?? 0) <= older);
  if (kept.length === entries.length) return {value};
  const dropped = entries.map(([name]) => name).filter(name => (rule.valuesSince?.[name] ?? 0) > older);
  const options = kept.flatMap(([name, part]) => (typeof part === 'string' ? [[name, part] as const] : []));
  return {value: options.length === 0 ? undefined : Object.fromEntries(options), dropped: dropped.join(', ')};
}

/** GRANT ALL means MAINTAIN as well from 17 on, so it says something only where it stands alone. */
function withoutMaintain(value: Grants, older: number): Rest {
  if (older >= 170_000) return {value};
  let isUsed = false;
  const entries = Object.entries(value).flatMap(([grantee, part]) => {
    const privileges = [part].flat();
    const rest = privileges.filter(privilege => !privilege.startsWith('MAINTAIN'));
    if (rest.length < privileges.length && rest.length < 7) isUsed = true;
    return rest.length === 0 && privileges.length > 0 ? [] : [[grantee, rest] as const];
  });
  return {
    value: entries.length === 0 ? undefined : Object.fromEntries(entries),
    ...(isUsed ? {dropped: 'The privilege MAINTAIN'} : {}),
  };
}
