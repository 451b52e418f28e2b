import type {NavigateRequest, Place} from './request.ts';
import {thingAt} from './under-cursor.ts';

/** @returns where what is under the cursor was made: the name in the migration that makes it; undefined where that is not known */
export async function definitionAt(request: NavigateRequest): Promise<Place | undefined> {
  return (await thingAt(request))?.thing.made;
}
