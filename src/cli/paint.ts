/** SGR codes of ECMA-48: what switches a style on, and what switches it off. */
const styles = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Style = keyof typeof styles;

/** Puts a text in a style, or leaves it as it is where colours are off. */
export type Paint = (style: Style, text: string) => string;

const colours: Paint = (style, text) => `\u001B[${styles[style][0]}m${text}\u001B[${styles[style][1]}m`;

export const plain: Paint = (_style, text) => text;

/**
 * @param stream the stream that will show the text
 * @param environment `NO_COLOR` (https://no-color.org) wins over `FORCE_COLOR`, and both over what the stream is
 */
export function paintFor(
  stream: {readonly isTTY?: boolean},
  environment: Readonly<Record<string, string | undefined>>,
): Paint {
  if (environment['NO_COLOR']) return plain;
  if (environment['FORCE_COLOR']) return environment['FORCE_COLOR'] === '0' ? plain : colours;
  return stream.isTTY === true && environment['TERM'] !== 'dumb' ? colours : plain;
}
