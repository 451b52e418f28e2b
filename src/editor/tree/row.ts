import {MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState} from 'vscode';

export interface RowOptions {
  readonly state?: TreeItemCollapsibleState;
  readonly context: string;
  readonly description?: string;
  readonly tooltip?: string | MarkdownString;
}

/** @returns one row: what a screen reader says is the label and the description, not the tooltip. */
export function row(label: string, icon: string | ThemeIcon, options: RowOptions): TreeItem {
  const item = new TreeItem(label, options.state ?? TreeItemCollapsibleState.None);
  item.iconPath = typeof icon === 'string' ? new ThemeIcon(icon) : icon;
  item.contextValue = options.context;
  if (options.description) item.description = options.description;
  item.tooltip = options.tooltip ?? label;
  item.accessibilityInformation = {label: [label, options.description].filter(Boolean).join(', ')};
  return item;
}

/** Text of a database stays text: it is never read as markup. */
export function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join('\n');
}

/** A tooltip with a definition in it, coloured as SQL. The facts are a block as well: even a bare address is markup. */
export function withDefinition(definition: string, ...more: readonly (string | undefined)[]): MarkdownString {
  const tooltip = new MarkdownString();
  tooltip.appendCodeblock(definition, 'sql');
  const facts = lines(...more);
  if (facts !== '') tooltip.appendCodeblock(facts, 'plaintext');
  return tooltip;
}
