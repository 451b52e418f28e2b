import {Uri} from 'vscode';
import type {PanelIcon} from './run-panel.ts';

/** @returns the sign on the tabs of Howdah's panels. */
export function panelIcon(extensionUri: Uri): PanelIcon {
  return {
    light: Uri.joinPath(extensionUri, 'media', 'howdah-light.svg'),
    dark: Uri.joinPath(extensionUri, 'media', 'howdah-dark.svg'),
  };
}
