import * as z from 'zod/mini';
import type {Port} from '../src/protocol/channel.ts';

/** What the editor gives a page, once. */
interface EditorApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
  getState(): unknown;
}

declare function acquireVsCodeApi(): EditorApi;

// The page may not compile code at run time, and zod would try.
z.config({jitless: true});

const api = acquireVsCodeApi();

/** The page's end of the wire to the host. */
export const port: Port = {
  post: message => api.postMessage(message),
  onMessage: listener => {
    const receive = (event: MessageEvent<unknown>): void => listener(event.data);
    window.addEventListener('message', receive);
    return () => window.removeEventListener('message', receive);
  },
};

/** Keeps what the editor hands back to the host when it restores the page after a restart. */
export function saveState(state: unknown): void {
  api.setState(state);
}

/** @returns what `saveState` kept before the page was loaded again; undefined for a new page. */
export function loadState(): unknown {
  return api.getState();
}
