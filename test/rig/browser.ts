import {chromium, type Browser} from 'playwright-core';

/**
 * Starts a Chromium that asks for nothing by itself. It is the shell without windows: the whole browser draws tabs and
 * a toolbar around each page, which costs four times as much as the pages of most tests.
 * @param more switches
 */
export function launchBrowser(...more: readonly string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium-headless-shell',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
