import type {Locator} from 'playwright-core';
import {signsOverBoxes, textOf} from './vscode-boxes.ts';

/** @returns the text that an extension marks in the lines in sight of a text editor; empty without a mark */
export async function markedText(group: Locator): Promise<string> {
  const editor = group.locator('.monaco-editor').first();
  if ((await editor.count()) === 0) return '';
  return textOf(await signsOverBoxes(editor, '[class*="ced-"]'));
}
