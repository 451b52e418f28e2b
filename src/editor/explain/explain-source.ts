import {window, type TextDocument, Uri, workspace} from 'vscode';
import type {Relation} from '../../core/catalog/relation.ts';
import type {Connection} from '../../core/connections/connection.ts';
import {TreeNode} from '../tree/node.ts';
import type {Selected} from './subject.ts';

/** Languages whose documents are SQL as a whole; of others the selection is. */
export const sqlLanguages: readonly string[] = ['sql', 'postgres', 'pgsql'];

/** A statement in a document, as a code lens names it. */
export class StatementSpot {
  readonly document: TextDocument;
  /** UTF-16 offset of its first character. */
  readonly offset: number;

  constructor(document: TextDocument, offset: number) {
    this.document = document;
    this.offset = offset;
  }
}

/** A statement that another part of the extension asks to explain. */
export class AskedStatement {
  readonly connection: Connection;
  readonly sql: string;

  constructor(connection: Connection, sql: string) {
    this.connection = connection;
    this.sql = sql;
  }
}

/** @returns the text and the selection that a command is for, as they are at this moment. */
export function selectedText(argument: unknown): Selected | undefined {
  if (argument instanceof StatementSpot) {
    const {document, offset} = argument;
    return selectedIn(document, {start: offset, end: offset});
  }
  const editor = window.activeTextEditor;
  const named = argument instanceof Uri ? argument.toString() : undefined;
  if (editor && (named === undefined || named === editor.document.uri.toString())) {
    const {document, selection} = editor;
    return selectedIn(document, {
      start: document.offsetAt(selection.start),
      end: document.offsetAt(selection.end),
    });
  }
  const document = workspace.textDocuments.find(({uri}) => uri.toString() === named);
  return document && selectedIn(document, {start: 0, end: 0});
}

function selectedIn(document: TextDocument, selection: Selected['selection']): Selected | undefined {
  const isSql = sqlLanguages.includes(document.languageId);
  if (!isSql && selection.start === selection.end) return undefined;
  const written = isSql ? 'sql' : 'literal';
  return {uri: document.uri.toString(), text: document.getText(), selection, written};
}

/** @returns the table or view of a row in the tree. */
export function relationOf(
  argument: unknown,
): {readonly connection: Connection; readonly relation: Relation} | undefined {
  return argument instanceof TreeNode && argument.data.kind === 'relation' ? argument.data : undefined;
}
