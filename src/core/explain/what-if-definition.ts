import {fail, ok, type Outcome} from '../outcome.ts';
import type {Parser, Statement} from '../sql/parser.ts';
import {quoteWhereNeeded} from '../sql/quote.ts';
import {isNode, nextToken, stringOf} from './syntax-tree.ts';

/** One CREATE INDEX, taken apart. */
export interface IndexDefinition {
  readonly name: string;
  /** As written; absent where the table is looked up along `search_path`. */
  readonly schema?: string;
  readonly table: string;
  readonly unique: boolean;
  /** Of the table without its partitions (ON ONLY). */
  readonly only: boolean;
  /** What follows the table's name, as written but for blanks around it: ` USING gin (tags) WHERE …`. */
  readonly body: string;
  /** The whole statement with a name, and without CONCURRENTLY, IF NOT EXISTS and semicolon. */
  readonly text: string;
  /** `text` without TABLESPACE, for a server that has none of that name. */
  readonly portable: string;
}

const advice = 'Write one statement such as CREATE INDEX orders_customer_id_idx ON orders (customer_id).';

/**
 * Reads what should be one CREATE INDEX. Without a name it gets one like those that PostgreSQL chooses.
 * @returns an `sql` failure with its position for a text that does not parse; `invalid-input` for anything else than
 * one CREATE INDEX
 */
export async function readIndexDefinition(parser: Parser, text: string): Promise<Outcome<IndexDefinition>> {
  const parsed = await parser.parse(text);
  if (!parsed.ok) return parsed;
  const [statement, second] = parsed.value;
  if (!statement) return fail('invalid-input', 'There is no statement in it.', {advice});
  if (second) return fail('invalid-input', 'There is more than one statement in it.', {advice});
  if (statement.kind !== 'IndexStmt')
    return fail('invalid-input', 'The statement is not a CREATE INDEX.', {advice});
  return ok(takeApart(text.slice(0, statement.end), statement));
}

function takeApart(text: string, {node, start}: Statement): IndexDefinition {
  const relation = isNode(node['relation']) ? node['relation'] : {};
  const schema = stringOf(relation['schemaname']);
  const table = stringOf(relation['relname']) ?? '';
  const name = stringOf(node['idxname']) ?? chosenName(table, node);
  const body = ` ${text.slice(endOfTable(text, start), endOfTokens(text, start)).trim()}`;
  const parts = {
    name,
    ...(schema === undefined ? {} : {schema}),
    table,
    unique: node['unique'] === true,
    only: relation['inh'] !== true,
    body,
  };
  const portable = 'tableSpace' in node ? {...parts, body: withoutTablespace(body)} : parts;
  return {...parts, text: written(parts), portable: written(portable)};
}

type Parts = Omit<IndexDefinition, 'text' | 'portable'>;

function written(parts: Parts, {concurrently = false} = {}): string {
  const {unique, name, only, body} = parts;
  const head = `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${concurrently ? 'CONCURRENTLY ' : ''}`;
  return `${head}${quoteWhereNeeded(name)} ON ${only ? 'ONLY ' : ''}${place(parts.schema, parts.table)}${body}`;
}

/** The words up to the table's name are told apart by their order, since a name may be any of them. */
function endOfTable(text: string, start: number): number {
  let at = start;
  const word = (): string => {
    const token = nextToken(text, at);
    return text.slice(token.start, token.end);
  };
  const take = (): void => void (at = nextToken(text, at).end);
  const skip = (...words: readonly string[]): void => {
    for (const each of words) if (word().toLowerCase() === each) take();
  };
  skip('create', 'unique', 'index', 'concurrently', 'if', 'not', 'exists');
  if (word().toLowerCase() !== 'on') take();
  skip('on', 'only', '(');
  take();
  while (word() === '.') {
    take();
    take();
  }
  skip(')', '*');
  return at;
}

/** A comment at the end would swallow what is written behind it. */
function endOfTokens(text: string, start: number): number {
  const ended = `${text}\n;`;
  let end = start;
  for (let next = nextToken(ended, end); next.end < ended.length; next = nextToken(ended, end))
    end = next.end;
  return end;
}

/** It stands outside of all parentheses, behind WITH and before WHERE. */
function withoutTablespace(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length;) {
    const token = nextToken(text, at);
    const word = text.slice(token.start, token.end);
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    if (depth === 0 && word.toLowerCase() === 'tablespace')
      return text.slice(0, token.start) + text.slice(nextToken(text, token.end).end).trimStart();
    at = Math.max(token.end, at + 1);
  }
  return text;
}

/** As ChooseIndexName in indexcmds.c, without a look at what is taken. */
function chosenName(table: string, node: Statement['node']): string {
  const columns = [...list(node['indexParams']), ...list(node['indexIncludingParams'])].map(nameOfParameter);
  return `${[table, ...columns].join('_').slice(0, longest)}_idx`;
}

/** NAMEDATALEN - 1, less `_idx`. */
const longest = 59;

function nameOfParameter(parameter: unknown): string {
  const element = isNode(parameter) && isNode(parameter['IndexElem']) ? parameter['IndexElem'] : {};
  const expression = isNode(element['expr']) ? element['expr'] : {};
  const call = isNode(expression['FuncCall']) ? expression['FuncCall'] : {};
  return stringOf(element['name']) ?? stringOf(list(call['funcname']).at(-1)) ?? 'expr';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function place(schema: string | undefined, name: string): string {
  return schema === undefined
    ? quoteWhereNeeded(name)
    : `${quoteWhereNeeded(schema)}.${quoteWhereNeeded(name)}`;
}

/** What makes an index without blocking writes, and what takes it away again. Neither runs in a transaction. */
export interface ConcurrentIndex {
  readonly up: string;
  readonly down: string;
}

/**
 * Not for a partitioned table, on which PostgreSQL refuses CONCURRENTLY.
 * @param options `schema` of the table where the definition does not say it
 * @returns two statements without semicolons
 * Source: https://www.postgresql.org/docs/current/sql-createindex.html
 */
export function concurrentDefinition(
  index: IndexDefinition,
  options: {readonly schema?: string} = {},
): ConcurrentIndex {
  const schema = index.schema ?? options.schema;
  const qualified = {...index, ...(schema === undefined ? {} : {schema})};
  return {
    up: written(qualified, {concurrently: true}),
    down: `DROP INDEX CONCURRENTLY IF EXISTS ${place(schema, index.name)}`,
  };
}
