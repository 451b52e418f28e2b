import {pythonValueAt, type PythonValue} from './python-value.ts';

/** What the head of a revision's file says. */
export interface Revision {
  readonly path: string;
  readonly id: string;
  /** `down_revision`: none for a base, several for a merge. */
  readonly parents: readonly string[];
  /** `depends_on`: revisions or branch labels. */
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  /** The first line of the docstring. */
  readonly title: string;
  /** `Create Date` of the docstring, as it stands there; only to order what nothing else orders. */
  readonly created: string;
}

export type RevisionFile =
  | {readonly kind: 'revision'; readonly revision: Revision}
  /** These are not literals, so that only Python knows what they are. */
  | {readonly kind: 'unclear'; readonly path: string; readonly names: readonly string[]}
  /** No revision: Alembic stops at such a file. */
  | {readonly kind: 'none'; readonly path: string};

/** Strings and comments are passed over, so that an example in a docstring is no assignment. */
const assignments =
  /"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|#[^\n]*|^(revision|down_revision|branch_labels|depends_on)[ \t]*(?::[^=\n]*)?=(?!=)[ \t]*/gm;
const docstring = /^\uFEFF?(?:\s|#[^\n]*\n)*[rRuU]?("""|'''|"|')/;
/** What Alembic takes from the name of a file without the variable, as its first versions did. */
const legacyName = /^([a-f0-9]+)\.py$/;

/** @returns whether Alembic loads a file of that name */
export function isRevisionName(name: string): boolean {
  return name.endsWith('.py') && !name.startsWith('.#') && !name.startsWith('__init__');
}

/**
 * Reads the four variables of a revision without executing Python: the last assignment at column 0 counts.
 * @param text of the whole file
 */
export function readRevision(path: string, text: string): RevisionFile {
  const values = new Map<string, PythonValue | undefined>();
  for (const found of text.matchAll(assignments)) {
    const [whole, name] = found;
    if (name !== undefined) values.set(name, pythonValueAt(text, found.index + whole.length));
  }
  const unclear = [...values].filter(
    ([name, value]) => value === undefined || (name === 'revision' && value.kind !== 'text'),
  );
  if (unclear.length > 0) return {kind: 'unclear', path, names: unclear.map(([name]) => name)};
  const [id] = textsOf(values.get('revision'));
  const named = id ?? legacyName.exec(path.slice(path.lastIndexOf('/') + 1))?.[1];
  if (named === undefined) return {kind: 'none', path};
  const doc = docOf(text);
  return {
    kind: 'revision',
    revision: {
      path,
      id: named,
      parents: textsOf(values.get('down_revision')),
      dependsOn: textsOf(values.get('depends_on')),
      branchLabels: textsOf(values.get('branch_labels')),
      title: doc.slice(0, /\r?\n|$/.exec(doc)?.index).trim(),
      created: /^Create Date:[ \t]*(\S.*)$/m.exec(doc)?.[1]?.trim() ?? '',
    },
  };
}

function textsOf(value: PythonValue | undefined): readonly string[] {
  if (!value || value.kind === 'none') return [];
  return value.kind === 'text' ? [value.text] : value.texts;
}

function docOf(text: string): string {
  const opened = docstring.exec(text);
  const quote = opened?.[1];
  if (!opened || quote === undefined) return '';
  const start = opened[0].length;
  const end = text.indexOf(quote, start);
  return text.slice(start, end < 0 ? start : end).trim();
}
