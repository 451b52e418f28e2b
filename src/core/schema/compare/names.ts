import {quoteWhereNeeded} from '../../sql/quote.ts';
import type {ObjectIdentity} from '../objects.ts';

/** @returns the object in a sentence: `column note of table public.orders` */
export function described({kind, key, name, parent}: ObjectIdentity): string {
  return parent === undefined ? key : `${kind} ${quoteWhereNeeded(name)} of ${parent}`;
}

/** @returns the parts of a qualified name as the catalogs have them: `public."a.b"` is `public` and `a.b` */
export function partsOfName(qualified: string): readonly string[] {
  return [...qualified.matchAll(/"((?:[^"]|"")*)"|([^.]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
