import type {Reader} from './reader.ts';

/** Types of more than one word, whose words are no names. */
const phrases = [
  'DOUBLE PRECISION',
  'CHARACTER VARYING',
  'CHAR VARYING',
  'NATIONAL CHARACTER VARYING',
  'NATIONAL CHARACTER',
  'BIT VARYING',
] as const;
const intervals = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND', 'TO'] as const;

/** Steps over a type with its modifiers. */
export function typeName(reader: Reader): void {
  reader.skip('SETOF');
  if (!phrases.some(phrase => reader.take(phrase))) {
    const isInterval = reader.word === 'INTERVAL';
    const chain = reader.chain();
    if (!chain) return;
    reader.note(chain, {kind: 'type'});
    if (isInterval) reader.skip(...intervals);
  }
  if (reader.word === '(') reader.at = reader.closing();
  reader.skip('WITH TIME ZONE', 'WITHOUT TIME ZONE', 'ARRAY');
  while (reader.word === '[') reader.at = reader.closing();
}
