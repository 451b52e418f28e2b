import {quoteWhereNeeded} from '../../../sql/quote.ts';
import {enableRule, enableTrigger, enableWord} from '../../definition/programs.ts';
import {parentName} from '../../definition/names.ts';
import {withoutSemicolon} from '../../definition/text.ts';
import type {Changed, Writer, Written} from '../writer.ts';
import {writerOf} from './writer-of.ts';

export const triggerWriter: Writer<'trigger'> = writerOf({change: changeTrigger});

function changeTrigger({before, after, attributes}: Changed<'trigger'>): readonly Written[] | 'recreate' {
  const {definition, enabled} = after.attributes;
  const name = quoteWhereNeeded(after.name);
  if (!attributes.has('definition') && !attributes.has('function'))
    return [{sql: `ALTER TABLE ${parentName(after)} ${enableWord(enabled)} TRIGGER ${name}`}];
  // A constraint trigger cannot be replaced. A replaced one fires, whatever it did before.
  const replaceable = [before, after].every(({attributes: {definition}}) =>
    definition.startsWith('CREATE TRIGGER '),
  );
  if (!replaceable) return 'recreate';
  const replaced = withoutSemicolon(definition).replace(/^CREATE TRIGGER/, 'CREATE OR REPLACE TRIGGER');
  return [replaced, ...enableTrigger(after, enabled)].map(sql => ({sql}));
}

export const ruleWriter: Writer<'rule'> = writerOf({change: changeRule});

function changeRule({after, attributes}: Changed<'rule'>): readonly Written[] {
  const {definition, enabled} = after.attributes;
  const replaced = withoutSemicolon(definition).replace(/^CREATE RULE/, 'CREATE OR REPLACE RULE');
  const enable = enableRule(after, enabled);
  const name = quoteWhereNeeded(after.name);
  return [
    ...(attributes.has('definition') ? [{sql: replaced}] : []),
    ...(attributes.has('enabled')
      ? [{sql: enable[0] ?? `ALTER TABLE ${parentName(after)} ENABLE RULE ${name}`}]
      : []),
  ];
}

export const eventTriggerWriter: Writer<'event trigger'> = writerOf({
  note: 'Only a superuser may do this.',
  change: ({after, attributes}) =>
    [...attributes].every(attribute => ['enabled', 'owner', 'comment'].includes(attribute))
      ? [{sql: `ALTER EVENT TRIGGER ${quoteWhereNeeded(after.name)} ${enableWord(after.attributes.enabled)}`}]
      : 'recreate',
});
