import {describe, expect, it} from 'vitest';
import type {Passage} from '../../../../src/core/lint/file.ts';
import type {StatementRule} from '../../../../src/core/lint/rule.ts';
import {lintText, toolSending} from './rig.ts';

/** @returns by statement the number of its block, with `-` outside of one, and `!` where it is in a transaction */
async function blocksOf(text: string, sending: Partial<Passage> & Pick<Passage, 'sent'>): Promise<string> {
  const seen: string[] = [];
  const rule: StatementRule = {
    id: 'seen',
    severity: 'hint',
    title: '',
    about: '',
    kinds: ['SelectStmt', 'TransactionStmt'],
    check: ({file, index, inTransaction}) => {
      seen.push(`${file.statements[index]?.block ?? '-'}${inTransaction ? '!' : ''}`);
      return [];
    },
  };
  await lintText(text, [rule], {tool: toolSending(sending)});
  return seen.join(' ');
}

const alone = 'SELECT 1;';
const two = 'SELECT 1; SELECT 2;';

describe('transactions', () => {
  it.each<[string, string, Partial<Passage> & Pick<Passage, 'sent'>, string]>([
    ['statements one by one', two, {sent: 'each'}, '- -'],
    ['a block of the file', `${alone} BEGIN; ${alone} COMMIT; ${alone}`, {sent: 'each'}, '- 1 1! 1! -'],
    ['a block without an end', `START TRANSACTION; ${alone}---\n${alone}`, {sent: 'each'}, '1 1! 1!'],
    [
      'a chain of blocks',
      `BEGIN; COMMIT AND CHAIN; ${alone} ROLLBACK; ${alone}`,
      {sent: 'each'},
      '1 1! 2! 2! -',
    ],
    [
      'two phases',
      `BEGIN; PREPARE TRANSACTION 'x'; ${alone} COMMIT PREPARED 'x';`,
      {sent: 'each'},
      '1 1! - -',
    ],
    [
      'savepoints',
      `BEGIN; SAVEPOINT a; ROLLBACK TO a; RELEASE a; END; ${alone}`,
      {sent: 'each'},
      '1 1! 1! 1! 1! -',
    ],
    ['BEGIN in a block', `BEGIN; BEGIN; ${alone}`, {sent: 'each'}, '1 1! 1!'],
    ['COMMIT without a block', `COMMIT; ${alone}`, {sent: 'each'}, '- -'],
    ['a query of one statement', alone, {sent: 'query'}, '-'],
    ['a query of several', two, {sent: 'query'}, '1! 1!'],
    ['a query with one that is refused', 'SELECT 1; SELEC 2;', {sent: 'query'}, '1!'],
    ['two queries', `${two}\n---\n${two}\n---\n${alone}`, {sent: 'query'}, '1! 1! 2! 2! -'],
    [
      'BEGIN behind others of its query',
      `${alone} BEGIN; ${alone} COMMIT; ${alone}`,
      {sent: 'query'},
      '1! 1 1! 1! 2!',
    ],
    ['a query in a block', `BEGIN; ${alone} COMMIT`, {sent: 'query'}, '1 1! 1!'],
    ['a block of the tool', `${two}---\n${alone}`, {sent: 'each', block: 7}, '1! 1! 1!'],
    ['BEGIN in a block of the tool', `BEGIN; ${alone}`, {sent: 'each', block: 7}, '1! 1!'],
    [
      'a block of the tool that the file ends',
      `${alone} COMMIT; ${two}---\n${alone}`,
      {sent: 'each', block: 7},
      '1! 1! - - -',
    ],
    ['and the file’s own after it', `COMMIT; BEGIN; ${alone}`, {sent: 'each', block: 7}, '1! 2 2!'],
    ['directions', `BEGIN;\n-- down\n${alone}`, {sent: 'each'}, '1 -'],
  ])('%s', async (_, text, sending, blocks) => {
    expect(await blocksOf(text, sending)).toBe(blocks);
  });
});
