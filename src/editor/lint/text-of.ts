import {readFile} from 'node:fs/promises';
import {workspace} from 'vscode';
import {withoutByteOrderMark} from '../../core/sql/byte-order-mark.ts';

/** @returns the text of a file as an open document has it, or else as it is on disk; empty where it cannot be read */
export function textOf(path: string): Promise<string> {
  const open = workspace.textDocuments.find(({uri}) => uri.scheme === 'file' && uri.fsPath === path);
  return open ? Promise.resolve(open.getText()) : textOnDisk(path);
}

/** @returns the text as an editor shows it; empty where it cannot be read */
export async function textOnDisk(path: string): Promise<string> {
  return withoutByteOrderMark(await readFile(path, 'utf8').catch(() => ''));
}
