import type {WebviewPanel} from 'vscode';
import type {Connection} from '../../../core/connections/connection.ts';
import type {HealthHome} from '../health-home.ts';

/** One panel about the indexes of each connection. */
export class IndexPanels {
  constructor(_home: HealthHome) {}

  async open(_connection: Connection): Promise<void> {}

  async restore(webview: WebviewPanel, _state: unknown): Promise<void> {
    webview.dispose();
  }

  dispose(): void {}
}
