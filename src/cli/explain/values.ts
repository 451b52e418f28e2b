import type {ParameterValue} from '../../core/explain/origin.ts';
import type {Placeholder} from '../../core/explain/placeholders.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import {parameterTypes} from '../../postgres/explain/parameter-types.ts';
import type {Invocation} from '../runner.ts';
import type {ExplainWish} from './explain-file.ts';

/**
 * @returns a value for each placeholder, in order: from --param, or from the user where one is there. None for a generic
 * plan. Failures: `invalid-input` for a missing or an unknown one, `cancelled`
 */
export async function valuesFor(
  session: Session,
  sql: string,
  placeholders: readonly Placeholder[],
  {mode, params, nulls}: ExplainWish,
  {terminal}: Invocation,
): Promise<Outcome<readonly ParameterValue[]>> {
  const given = givenValues(
    [...params.map(assigned), ...nulls.map(name => [name, null] as const)],
    placeholders,
  );
  if (!given.ok) return given;
  if (placeholders.length === 0 || mode === 'generic') return ok([]);
  const types = await parameterTypes(session, sql);
  if (!types.ok) return types;
  const missing = placeholders.filter(({number}) => !given.value.has(number));
  if (missing.length > 0 && !terminal.interactive) return missingValues(missing, types.value);
  const values: ParameterValue[] = [];
  for (const {name, number} of placeholders) {
    const type = types.value[number - 1];
    const question = `${name}${type === undefined ? '' : ` (${type})`}: `;
    const value = given.value.has(number) ? given.value.get(number) : await terminal.ask(question);
    if (value === undefined) return fail('cancelled', 'No value was given: nothing was executed.');
    values.push({name, value, ...(type === undefined ? {} : {type})});
  }
  return ok(values);
}

type Assigned = readonly [name: string, value: string | null];

function assigned(param: string): Assigned {
  const [, name = param, value = ''] = /^([^=]+)=([^]*)$/.exec(param) ?? [];
  return [name, value];
}

/** By the placeholder's name or its number. */
function givenValues(
  given: readonly Assigned[],
  placeholders: readonly Placeholder[],
): Outcome<ReadonlyMap<number, string | null>> {
  const values = new Map<number, string | null>();
  for (const [name, value] of given) {
    const found = placeholders.find(one => [one.name, bare(one.name), String(one.number)].includes(name));
    if (!found) return unknownParameter(name, placeholders);
    values.set(found.number, value);
  }
  return ok(values);
}

function unknownParameter(name: string, placeholders: readonly Placeholder[]): Outcome<never> {
  const known = placeholders.map(one => one.name).join(', ');
  return fail('invalid-input', `The statement has no parameter ${name}.`, {
    advice: known === '' ? 'It has none.' : `Its parameters are ${known}.`,
  });
}

/** `id` for `:id` and `%(id)s`. */
function bare(name: string): string {
  return /[\p{L}\p{N}_.]+/u.exec(name.replace(/^%\((.*)\)s$/, '$1'))?.[0] ?? name;
}

function missingValues(missing: readonly Placeholder[], types: readonly string[]): Outcome<never> {
  const wanted = missing.map(({name, number}) => {
    const type = types[number - 1];
    return type === undefined ? name : `${name} (${type})`;
  });
  return fail('invalid-input', `The statement needs ${wanted.join(', ')}.`, {
    advice: `Give --param '${missing[0]?.name}=…' for each, or --generic for the plan for any values.`,
  });
}
