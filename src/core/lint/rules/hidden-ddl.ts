import {afterBlank} from '../../sql/blank.ts';
import {field, list, names, qualified, text} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {Span} from '../../sql/positions.ts';
import {tokenAt} from '../../sql/tokens.ts';
import type {Draft, RuleProof, Situation, StatementRule} from '../rule.ts';
import {bodyOf} from './support/do-body.ts';
import {isSameName} from './support/relation-names.ts';

export const rule: StatementRule = {
  id: 'hidden-ddl',
  severity: 'information',
  title: 'A change of tables inside of a DO block or a function',
  about: `What a DO block or a function does is known only when it runs: its statements may stand in branches and loops, or be put
together as text. Findings about locks, rewrites and data are therefore missing for them. A rehearsal runs the file and shows
the locks that it really takes.

Looks at commands that lock or drop tables which may be in use; making types, roles, extensions and functions inside of a
block is a usual way to do so only once, and is not told.`,
  kinds: ['DoStmt', 'SelectStmt', 'CallStmt'],
  check: situation => {
    const {statement} = situation;
    if (statement.kind !== 'DoStmt') return ofCalls(situation);
    const body = bodyOf(statement);
    const found = body && commandIn(body.code);
    return found
      ? [draft({start: body.start + found.start, end: body.start + found.end}, found.words, 'a DO block')]
      : [];
  },
};

interface Found extends Span {
  readonly words: string;
}

const changing =
  /^(?:ALTER\s+TABLE|ALTER\s+INDEX|DROP\s+(?:TABLE|INDEX|SCHEMA|VIEW|MATERIALIZED\s+VIEW)|TRUNCATE|CLUSTER|REINDEX|LOCK\s+TABLE|REFRESH\s+MATERIALIZED\s+VIEW|CREATE\s+(?:UNIQUE\s+)?INDEX|CREATE\s+(?:CONSTRAINT\s+)?TRIGGER)\b/i;

/** The first command of the body, or of a text that it executes, that changes a table. */
function commandIn(code: string): Found | undefined {
  let isExecuted = false;
  let before = ';';
  for (let at = afterBlank(code, 0); at < code.length;) {
    const {end} = tokenAt(code, at);
    const word = code.slice(at, end);
    const begins = /^(?:;|BEGIN|THEN|ELSE|LOOP|>)$/i.test(before);
    const found = begins ? changing.exec(code.slice(at, at + 200)) : isExecuted ? inText(word) : null;
    if (found)
      return {
        start: at + (begins ? 0 : found.index),
        end: at + found.index + found[0].length,
        words: wordsOf(found[0]),
      };
    if (/^EXECUTE$/i.test(word)) isExecuted = true;
    if (word === ';') isExecuted = false;
    before = word;
    at = afterBlank(code, Math.max(end, at + 1));
  }
  return undefined;
}

/** A string that is executed, also as the format of `format()`. */
function inText(word: string): RegExpExecArray | null {
  const quote = /^(?:E?'|\$\w*\$)\s*/i.exec(word)?.[0];
  if (quote === undefined) return null;
  const found = changing.exec(word.slice(quote.length));
  if (found) found.index += quote.length;
  return found;
}

function wordsOf(command: string): string {
  return command.toUpperCase().replaceAll(/\s+/g, ' ');
}

/** Functions of the same file: what others do is not known here. */
function ofCalls(situation: Situation): readonly Draft[] {
  const {statement, file, before, index} = situation;
  return callsIn(statement.node).flatMap(call => {
    const name = qualified(names(call['funcname']));
    if (!name) return [];
    const made = file.statements.slice(0, index).find(({statement: {kind, node}}) => {
      const other = kind === 'CreateFunctionStmt' ? qualified(names(node['funcname'])) : undefined;
      return other !== undefined && isSameName(before, other, name);
    });
    const found = made && commandIn(sourceOf(made.statement.node));
    return found
      ? [draft(statement.nameAt(call['location']), found.words, 'a function that is called here')]
      : [];
  });
}

/** CALL, and functions that a SELECT has in its list. */
function callsIn(node: SyntaxNode): readonly SyntaxNode[] {
  const call = field(node, 'funccall');
  const targets = list(node['targetList']).map(each =>
    field(field(field(each, 'ResTarget'), 'val'), 'FuncCall'),
  );
  return [call, ...targets].filter(each => 'funcname' in each);
}

function sourceOf(node: SyntaxNode): string {
  const as = list(node['options'])
    .map(each => field(each, 'DefElem'))
    .find(({defname}) => defname === 'as');
  const [source] = list(field(field(as, 'arg'), 'List')['items']);
  return text(field(source, 'String')['sval']) ?? '';
}

function draft(at: Span, words: string, where: string): Draft {
  return {
    at,
    what: `${words} in ${where} is not checked`,
    why: 'What runs there, how often and with which names is known only when it runs, so findings about its locks and data are missing.',
    fix: 'Rehearse the file to see the locks that it takes, or write the statement outside of the block.',
  };
}

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a table is changed',
      sql: 'DO $$\nBEGIN\n  IF true THEN\n    «ALTER TABLE» orders ADD COLUMN note text;\n  END IF;\nEND $$;',
    },
    {
      name: 'a text is executed',
      sql: "DO $$ DECLARE t text; BEGIN\n  FOR t IN SELECT 'a' LOOP EXECUTE format('«drop table» %I', t); END LOOP;\nEND $$;",
    },
    {
      name: 'a function of the same file',
      sql: 'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN TRUNCATE orders; END $$;\nSELECT «f»();',
    },
    {
      name: 'a procedure',
      sql: 'CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN\n CREATE INDEX i ON orders (id); END $$;\nCALL «p»();',
    },
  ],
  silent: [
    {
      name: 'rows only',
      sql: "DO $$ BEGIN UPDATE orders SET note = 'ALTER TABLE'; END $$;",
    },
    {
      name: 'a type is made once',
      sql: "DO $$ BEGIN CREATE TYPE mood AS ENUM ('ok'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
    },
    {name: 'a comment', sql: 'DO $$ BEGIN -- ALTER TABLE orders\n NULL; END $$;'},
    {name: 'a text that is only told', sql: "DO $$ BEGIN RAISE NOTICE 'DROP TABLE orders'; END $$;"},
    {name: 'a function that is not known', sql: 'SELECT f();'},
    {
      name: 'a function that is only made',
      sql: 'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN TRUNCATE orders; END $$;',
    },
  ],
  claims: [
    {sql: 'DO $$ BEGIN ALTER TABLE orders ADD COLUMN extra text; END $$', does: 'AE orders'},
    {sql: "DO $$ BEGIN EXECUTE 'CREATE INDEX i ON orders (id)'; END $$", does: 'S orders; scans orders'},
  ],
});
