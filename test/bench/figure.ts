export interface Figure {
  readonly what: string;
  /** With its unit. */
  readonly measured: string;
  readonly goal?: string;
}

/** @returns the middle one of several measurements. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export const milliseconds = (value: number): string =>
  `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(2)} MiB`;

/** Prints figures as a Markdown table. */
export function printTable(figures: readonly Figure[]): void {
  const rows = [
    ['what', 'measured', 'goal'],
    ...figures.map(({what, measured, goal = ''}) => [what, measured, goal]),
  ];
  const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  console.log(
    [line(head), `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`, ...body.map(line)].join('\n'),
  );
}
