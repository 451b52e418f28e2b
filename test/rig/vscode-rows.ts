import type {Locator} from 'playwright-core';

/** A tree's rows carry an aria-level, those of a quick pick are options. */
export function rowIn(container: Locator, role: 'treeitem' | 'option', row: string | RegExp): Locator {
  if (typeof row !== 'string') return container.getByRole(role, {name: row});
  const label = container.page().locator('.label-name').getByText(row, {exact: true});
  return container.locator('.monaco-list-row').filter({has: label});
}

export async function labels(rows: Locator): Promise<readonly string[]> {
  return rows.evaluateAll(all => all.map(row => row.getAttribute('aria-label') ?? ''));
}

export async function appears(locator: Locator, milliseconds: number): Promise<boolean> {
  return succeeds(locator.waitFor({timeout: milliseconds}));
}

export async function succeeds(attempt: Promise<void>): Promise<boolean> {
  return attempt.then(
    () => true,
    () => false,
  );
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}
