import type {Difference} from '../comparison.ts';
import type {SchemaObject, SchemaSnapshot} from '../objects.ts';
import {identityIn} from '../key.ts';
import {partsOfName} from './names.ts';
import {quoteWhereNeeded} from '../../sql/quote.ts';
import {severityOf} from './rules.ts';
import {isOfConstraint, isViewColumn} from './told.ts';
import {extraWords, missingWords} from './words.ts';

export function missing(object: SchemaObject): Difference {
  return {
    kind: 'missing',
    object: identityIn(object),
    severity: severityOf('missing', object),
    words: missingWords(object),
  };
}

export function extra(object: SchemaObject): Difference {
  return {
    kind: 'extra',
    object: identityIn(object),
    severity: severityOf('extra', object),
    words: extraWords(object),
  };
}

/**
 * @param other the side that does not have the object
 * @returns whether something else that is not there says so already: a missing table is one difference
 */
export function isImplied(object: SchemaObject, other: SchemaSnapshot): boolean {
  const {kind, schema, parent} = object;
  // A role is in a snapshot because something speaks of it, and that is compared.
  if (kind === 'role' || kind === 'database' || isOfConstraint(object) || isViewColumn(object)) return true;
  if (parent !== undefined && !other.objects.has(parent)) return true;
  if (schema !== undefined && !other.objects.has(`schema ${quoteWhereNeeded(schema)}`)) return true;
  return kind === 'sequence' && isOfMissingTable(object.attributes.ownedBy, other);
}

function isOfMissingTable(column: string | undefined, {objects}: SchemaSnapshot): boolean {
  if (column === undefined) return false;
  const table = partsOfName(column).slice(0, 2).map(quoteWhereNeeded).join('.');
  return !objects.has(`table ${table}`);
}
