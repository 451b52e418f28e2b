import {fail, ok, type Outcome} from '../outcome.ts';
import {quoteWhereNeeded} from '../sql/quote.ts';

/** How an answer becomes part of an SQL text. */
export type AnswerKind =
  /** A name, perhaps qualified (`sales.orders`): quoted where it has to be. */
  | 'name'
  /** A string constant: put in single quotes. */
  | 'literal'
  /** SQL as it is typed: a type, an expression, a list of columns. */
  | 'text';

export interface Prompt {
  readonly name: string;
  readonly label: string;
  readonly kind: AnswerKind;
  /** Patterns for the migration's title in snake case; the first group of the first that fits is the default. */
  readonly fromTitle: readonly string[];
  /** May name other answers: `{{table}}_idx`. */
  readonly default?: string;
}

/** The text of one migration with placeholders: `{{table}}`, or `{{index in table}}` for the table's schema. */
export interface TemplateMigration {
  readonly title: string;
  readonly up: string;
  readonly down: string;
}

/** What a new migration, or several in a row, can begin with. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly prompts: readonly Prompt[];
  readonly migrations: readonly TemplateMigration[];
}

export type Answers = Readonly<Record<string, string>>;

/**
 * @param title as the user typed it, such as `Add note to orders`
 * @param answers what was answered so far
 * @returns what to offer for a prompt; empty when nothing can be told
 */
export function suggestAnswer(prompt: Prompt, title: string, answers: Answers): string {
  const slug = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
  for (const pattern of prompt.fromTitle) {
    const [, found] = new RegExp(pattern, 'u').exec(slug) ?? [];
    if (found !== undefined && found !== '') return found;
  }
  return (prompt.default ?? '').replaceAll(placeholder, (_whole, name: string) =>
    wordOf(answers[name] ?? ''),
  );
}

/** Fills in the answers. Failures: `invalid-input` (an answer is missing or cannot be a name). */
export function fillTemplate(
  template: Template,
  title: string,
  answers: Answers,
): Outcome<readonly TemplateMigration[]> {
  for (const {name, label, kind} of template.prompts) {
    const answer = answers[name]?.trim() ?? '';
    if (answer === '' || answer.includes('\0') || (kind === 'name' && partsOf(answer).includes('')))
      return fail(
        'invalid-input',
        `${label}: ${answer === '' ? 'an answer is needed' : 'this cannot be a name'}.`,
      );
  }
  const kinds = new Map(template.prompts.map(({name, kind}) => [name, kind]));
  const fill = (text: string): string =>
    text.replaceAll(placeholder, (whole: string, name: string, owner?: string) => {
      // A title stands in comments only, which a line break would end.
      if (name === 'title') return title.replaceAll(/\s+/g, ' ').trim();
      const kind = kinds.get(name);
      return kind === undefined ? whole : write(kind, (answers[name] ?? '').trim(), owner && answers[owner]);
    });
  return ok(
    template.migrations.map(({title: heading, up, down}) => ({
      title: fill(heading),
      up: fill(up),
      down: fill(down),
    })),
  );
}

const placeholder = /\{\{\s*(\w+)(?:\s+in\s+(\w+))?\s*\}\}/g;

function write(kind: AnswerKind, answer: string, owner: string | undefined): string {
  switch (kind) {
    case 'name':
      return [...schemaOf(owner), ...partsOf(answer)].map(part => quoteWhereNeeded(part)).join('.');
    case 'literal':
      return `'${answer.replaceAll("'", "''")}'`;
    case 'text':
      return answer;
    default:
      return kind satisfies never;
  }
}

/** A name that is typed in double quotes is taken exactly, dots included. */
function partsOf(name: string): readonly string[] {
  const parts = [...name.matchAll(/"((?:[^"]|"")*)"|([^".]+)|(?<=^|\.)(?=\.|$)/g)];
  return parts.map(([, exact, plain]) => exact?.replaceAll('""', '"') ?? plain?.trim() ?? '');
}

function schemaOf(owner: string | undefined): readonly string[] {
  return owner === undefined ? [] : partsOf(owner.trim()).slice(0, -1);
}

/** What a list of an index's columns says of their order, which PostgreSQL leaves out of its own names as well. */
const ordering = /\s+(?:asc|desc|nulls\s+(?:first|last))\b/gi;

/** @returns an answer as part of another name: without its schema, letters and digits only. */
function wordOf(answer: string): string {
  return (partsOf(answer.replaceAll(ordering, '')).at(-1) ?? '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
}
