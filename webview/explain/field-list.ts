import type {FieldValue, Fields} from '../../src/core/explain/plan.ts';
import {element} from '../ui/element.ts';

/** More than anyone reads of one field; the raw view has all of it. */
const longestText = 4000;

/** Fields as they were sent, whether Howdah knows them or not. */
export function fieldList(fields: Fields): HTMLElement {
  const rows = Object.entries(fields).flatMap(([name, value]) => [
    element('dt', {}, name),
    element('dd', {}, valueOf(value)),
  ]);
  return element('dl', {class: 'raw-fields'}, ...rows);
}

function valueOf(value: FieldValue): HTMLElement {
  if (isList(value)) {
    return element('ul', {}, ...value.map(item => element('li', {}, valueOf(item))));
  }
  if (typeof value === 'object' && value !== null) return fieldList(value);
  const text = String(value);
  return element('code', {}, text.length > longestText ? `${text.slice(0, longestText)}…` : text);
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: FieldValue): value is readonly FieldValue[] {
  return Array.isArray(value);
}
