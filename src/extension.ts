import type {ExtensionContext} from 'vscode';

/** Makes the parts and registers them. */
export function activate(_context: ExtensionContext): void {}
