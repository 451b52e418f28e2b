import type {AttributeValue, Gap, SchemaKind, SchemaObject, SchemaSnapshot} from '../objects.ts';
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
  const notes = new Map<
    string,
    {readonly kind: SchemaKind; readonly what: string; readonly names: string[]}
  >();
  const note = (what: string, object: SchemaObject): void => {
    const key = `${object.kind} ${what}`;
    const known = notes.get(key) ?? {kind: object.kind, what, names: []};
    known.names.push(described(object));
    notes.set(key, known);
  };
  const isOneVersion = major(older) === major(newer);
  return {
    known: (rule, change) => {
      if (isOneVersion) return change;
      const {object} = change;
      const cut = (value: AttributeValue | undefined): AttributeValue | undefined => {
        const rest = withoutNewer(rule, value, older);
        if (rest.dropped) note(rest.dropped, object);
        return rest.value;
      };
      if (rule.withinMajor) {
        note(rule.label, object);
        return {object};
      }
      if (rule.since !== undefined && rule.since > older) {
        note(rule.label, object);
        return {object};
      }
      const value = change.expected ?? change.live;
      const isNewValue = [change.expected, change.live].some(
        one => typeof one === 'string' && (rule.valuesSince?.[one] ?? 0) > older,
      );
      if (isNewValue && value !== undefined) {
        note(rule.label, object);
        return {object};
      }
      return {object, expected: cut(change.expected), live: cut(change.live)};
    },
    isUnknown: object => {
      if (isOneVersion || object.kind !== 'constraint' || object.attributes.type !== 'not null') return false;
      const since = object.parent?.startsWith('domain ') ? 170_000 : 180_000;
      if (since <= older) return false;
      note('Catalogued NOT NULL', object);
      return true;
    },
    gaps: () =>
      [...notes.values()].map(({kind, what, names}) => ({
        kind,
        words: `${what} is not compared between PostgreSQL ${major(older)} and ${major(newer)}: ${listed(names)}.`,
      })),
  };
}

function major(versionNumber: number): number {
  return Math.floor(versionNumber / 10_000);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
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
