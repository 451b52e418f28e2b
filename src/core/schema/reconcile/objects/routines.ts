import {createRoutine, replaceRoutine} from '../../definition/programs.ts';
import {referenceOf} from '../../definition/names.ts';
import {settingName, settingValue, sorted} from '../../definition/options.ts';
import type {AttributesOf} from '../../attributes.ts';
import type {ObjectOf} from '../../objects.ts';
import type {Changed, Writer, Written} from '../writer.ts';
import {argumentsOf} from './arguments.ts';
import {writerOf} from './writer-of.ts';

type Routine = AttributesOf['function'];

export const functionWriter: Writer<'function'> = writerOf({
  create: routine => [{sql: createRoutine(routine)}],
  change: changeRoutine,
});

function changeRoutine({before, after}: Changed<'function'>): readonly Written[] | 'recreate' {
  if (!isReplaceable(before.attributes, after.attributes)) return 'recreate';
  return isAlterable(before.attributes, after.attributes)
    ? alterRoutine(before.attributes, after)
    : [{sql: replaceRoutine(after)}];
}

/** Source: https://www.postgresql.org/docs/18/sql-createfunction.html, “To replace the current definition …” */
function isReplaceable(was: Routine, is: Routine): boolean {
  if (was.routine !== is.routine || was.result !== is.result) return false;
  const before = argumentsOf(was.arguments);
  const after = argumentsOf(is.arguments);
  return (
    before.length === after.length &&
    before.every((argument, at) => {
      const now = after[at];
      if (!now || argument.mode !== now.mode || argument.type !== now.type) return false;
      const keepsName = argument.name === now.name || (argument.name === undefined && argument.mode === 'IN');
      return keepsName && (argument.default === undefined || now.default !== undefined);
    })
  );
}

const settable = [
  'volatility',
  'parallel',
  'strict',
  'leakproof',
  'securityDefiner',
  'cost',
  'rows',
  'settings',
] as const;

/** Whether all that differs is what ALTER FUNCTION sets, so that the body need not be repeated. */
function isAlterable(was: Routine, is: Routine): boolean {
  if (was.routine !== 'function' && was.routine !== 'procedure') return false;
  return (
    (['arguments', 'language', 'body', 'support'] as const).every(
      attribute => was[attribute] === is[attribute],
    ) &&
    was.body !== undefined &&
    settable.some(attribute => JSON.stringify(was[attribute]) !== JSON.stringify(is[attribute]))
  );
}

function alterRoutine(was: Routine, after: ObjectOf<'function'>): readonly Written[] {
  const is = after.attributes;
  const alter = `ALTER ${referenceOf(after)}`;
  const ownCost = is.language === 'c' || is.language === 'internal' ? 1 : 100;
  const words = [
    was.volatility === is.volatility ? '' : (is.volatility ?? 'volatile').toUpperCase(),
    was.strict === is.strict ? '' : is.strict ? 'STRICT' : 'CALLED ON NULL INPUT',
    was.securityDefiner === is.securityDefiner
      ? ''
      : `SECURITY ${is.securityDefiner ? 'DEFINER' : 'INVOKER'}`,
    was.leakproof === is.leakproof ? '' : `${is.leakproof ? '' : 'NOT '}LEAKPROOF`,
    was.parallel === is.parallel ? '' : `PARALLEL ${(is.parallel ?? 'unsafe').toUpperCase()}`,
    was.cost === is.cost ? '' : `COST ${is.cost ?? ownCost}`,
    was.rows === is.rows ? '' : `ROWS ${is.rows ?? 1000}`,
  ].filter(word => word !== '');
  return [
    ...(words.length === 0 ? [] : [{sql: `${alter} ${words.join(' ')}`}]),
    ...settingsOf(alter, was, is),
  ];
}

function settingsOf(
  alter: string,
  {settings: was = {}}: Routine,
  {settings: is = {}}: Routine,
): readonly Written[] {
  return [
    ...sorted(was).flatMap(([name]) => (name in is ? [] : [{sql: `${alter} RESET ${settingName(name)}`}])),
    ...sorted(is).flatMap(([name, value]) =>
      was[name] === value ? [] : [{sql: `${alter} SET ${settingName(name)} TO ${settingValue(name, value)}`}],
    ),
  ];
}
