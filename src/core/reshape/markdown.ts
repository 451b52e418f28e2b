/**
 * @param title in Markdown
 * @param parts paragraphs; empty ones are passed over
 */
export function document(title: string, parts: readonly string[]): string {
  return `${[`# ${title}`, ...parts.filter(part => part.trim() !== '')].join('\n\n')}\n`;
}

/** @returns a heading with its points; nothing without any */
export function section(title: string, points: readonly string[]): string {
  return points.length === 0 ? '' : `## ${title}\n\n${points.map(point => `- ${point}`).join('\n')}`;
}

/** @returns a text as code; it ends where it ends */
export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
