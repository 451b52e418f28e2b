import type {Severity} from '../../src/core/lint/finding.ts';

/** What is found beside the rules. */
export interface OwnPage {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly about: string;
}

export const ownPages: readonly OwnPage[] = [
  {
    id: 'syntax',
    severity: 'error',
    title: "PostgreSQL's parser refuses the text",
    about: `The parser is that of PostgreSQL 18 itself, so what it takes is never called an error, and what it refuses every server refuses. The message is PostgreSQL's own, at the token that it names. The statements around it are looked at all the same.

\`\`\`sql
CREATE TABLE orders (id bigint PRIMARY KEY, note text,);
                                                     ^ syntax error at or near ")"
\`\`\`

Syntax that came with a later version than the server's is taken as well: the server then refuses it.`,
  },
  {
    id: 'unused-suppression',
    severity: 'hint',
    title: 'A comment suppresses nothing',
    about: `A \`howdah-ignore\` comment names a rule that finds nothing there, perhaps any more. Left in place it would hide what comes later. Nothing is said of it where a chosen target is all that makes the finding harmless.

\`\`\`sql
-- howdah-ignore drop-table: nobody reads it
                 ^^^^^^^^^^ Suppresses nothing: drop-table finds nothing here
CREATE TABLE orders (id bigint PRIMARY KEY);
\`\`\``,
  },
  {
    id: 'unknown-rule',
    severity: 'information',
    title: 'A comment names a rule that does not exist',
    about: `A \`howdah-ignore\` comment suppresses only the rules that it names by their ids, with commas between them and the reason behind a colon. This one names no rule, or one that there is not.

\`\`\`sql
-- howdah-ignore drop-tabel: nobody reads it
                 ^^^^^^^^^^ There is no rule drop-tabel
DROP TABLE orders;
\`\`\``,
  },
];
