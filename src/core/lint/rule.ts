import type {LockMode} from '../rehearse/report.ts';
import type {QualifiedName} from '../sql/objects.ts';
import type {Span} from '../sql/positions.ts';
import type {Severity} from './finding.ts';
import type {LintFile} from './file.ts';
import type {SchemaModel} from './model/schema.ts';
import type {Remedy} from './remedy.ts';
import type {LintStatement} from './statement.ts';
import type {Target} from './target.ts';

/** What a rule has to say of a place in a statement. The words are those of a finding. */
export interface Draft {
  /** In the statement's text: the clause that is meant, not the whole statement. */
  readonly at: Span;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly lock?: {readonly mode: LockMode; readonly on: readonly QualifiedName[]};
  /** Relations that are read, or written anew, from end to end: how long that takes goes by their size. */
  readonly work?: {readonly kind: 'scan' | 'rewrite'; readonly of: readonly QualifiedName[]};
  /** Whether it, or what is advised, is an index built with CONCURRENTLY, which waits for every older snapshot. */
  readonly waitsForOlder?: true;
  /** Where it is not the rule's own. */
  readonly severity?: Severity;
  readonly remedies?: readonly Remedy[];
  /** What it rests on beside sizes and traffic, a sentence each. */
  readonly facts?: readonly string[];
  /** Places of the history that it is about. */
  readonly related?: readonly {
    readonly path: string;
    readonly start: number;
    readonly end: number;
    readonly words: string;
  }[];
}

/** One statement in its place, and what is known there. */
export interface Situation {
  readonly file: LintFile;
  readonly statement: LintStatement;
  /** Of the statement in `file.statements`. */
  readonly index: number;
  /** As it is when the statement begins. */
  readonly before: SchemaModel;
  /** As it is when the statement has run. */
  readonly after: SchemaModel;
  /** After the project's newest migration, for what a later one makes good; absent where nobody knows. */
  readonly last?: SchemaModel;
  /** Whether it runs in a transaction block, an implicit one of several statements included. */
  readonly inTransaction: boolean;
  /** PostgreSQL's major version: the target's, or the oldest that the project says it supports. */
  readonly major: number;
  readonly target?: Target;
  /**
   * Whether nobody can wait for a lock on it and there is nothing to scan: made by this file (in its own transaction or
   * not), temporary, or on the target without rows or small (by the settings).
   */
  isHarmless(name: QualifiedName): boolean;
  /** Whether this file makes the relation, in an earlier statement. */
  isNew(name: QualifiedName): boolean;
}

interface RuleWords {
  /** In kebab case; stable. */
  readonly id: string;
  readonly severity: Severity;
  /** A line for lists, without a full stop. */
  readonly title: string;
  /** Markdown for the rule's page: what happens, who waits, what breaks, since which version. */
  readonly about: string;
  /** In which direction's files it looks; in both unless told. */
  readonly direction?: 'up' | 'down';
}

/** Looks at one statement after the other. */
export interface StatementRule extends RuleWords {
  /** Kinds of statements it is asked about. */
  readonly kinds: readonly string[];
  check(situation: Situation): readonly Draft[];
}

/** Looks at a file as a whole; places are offsets of the document. */
export interface FileRule extends RuleWords {
  checkFile(file: LintFile, situations: readonly Situation[]): readonly FileDraft[];
}

/** A draft in the document's own offsets, or of one statement. */
export type FileDraft = Draft & {readonly statement?: number};

export type Rule = StatementRule | FileRule;

/** What a rule's examples assume. What is not said is not known. */
export interface ExampleWorld {
  /** SQL of earlier migrations. */
  readonly history?: string;
  readonly direction?: 'up' | 'down';
  /** `file`: the whole file is one transaction (the default); `none`: each statement by itself. */
  readonly transaction?: 'file' | 'none';
  readonly major?: number;
  /** Rows of tables on a target. */
  readonly rows?: Readonly<Record<string, number>>;
  /** SQL of objects that only the target has. */
  readonly target?: string;
  readonly file?: Partial<Pick<LintFile, 'state' | 'history'>>;
  /** The other direction's text. */
  readonly counterpart?: string;
  /** SQL of later migrations. */
  readonly later?: string;
}

/**
 * Executed by the tests and printed on the rule's page. In `sql` guillemets stand around each range that must be found,
 * in the order of the text: `CREATE «INDEX» i ON t (a)`. Without any, the rule must be silent.
 */
export interface Example extends ExampleWorld {
  readonly name: string;
  readonly sql: string;
  /** What the first fix makes of it: the file, and each added migration's up after a line `-- next migration`. */
  readonly fixed?: string;
}

/**
 * What PostgreSQL does, executed on every version in the tests. Objects are those of `setup`.
 */
export interface Claim {
  readonly setup?: string;
  readonly sql: string;
  /** As `lockCases` of the tests write it: `AE orders; rewrites orders; scans orders`; or the SQLSTATE it fails with. */
  readonly does: string | {readonly fails: string};
  /** Majors, both included. */
  readonly from?: number;
  readonly to?: number;
  /** Runs by itself, not in a transaction block. */
  readonly alone?: true;
}

/** What stands beside a rule in its file, made by a function so that no bundle contains it. */
export interface RuleProof {
  readonly fires: readonly Example[];
  readonly silent: readonly Example[];
  readonly claims: readonly Claim[];
}
