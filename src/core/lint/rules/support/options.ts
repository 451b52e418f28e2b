import {field, list} from '../../../sql/objects.ts';

/** @returns whether an option of a list such as `(FULL, ANALYZE off)` is there and not switched off */
export function isOn(options: unknown, name: string): boolean {
  const option = list(options)
    .map(each => field(each, 'DefElem'))
    .find(({defname}) => defname === name);
  if (!option) return false;
  const value = JSON.stringify(option['arg'] ?? true);
  return !/"(?:false|off|no|f|n|0)"|"boolval":false|"ival":0|"Integer":\{\}/i.test(value);
}
