import {createHash} from 'node:crypto';

/** @returns SHA-256 in hexadecimal digits, as the tool records it */
export function checksumOf(script: string): string {
  return digest(script).toString('hex');
}

/**
 * Whether a script is the one that was recorded. The tool takes either line ending, and digits without leading zeros,
 * which its early versions wrote.
 */
export function matchesChecksum(script: string, recorded: string): boolean {
  const written = recorded.length === 64 || recorded === '' ? checksumOf : unpadded;
  return [() => script, () => script.replaceAll('\r\n', '\n'), () => script.replaceAll('\n', '\r\n')].some(
    text => written(text()) === recorded,
  );
}

function unpadded(script: string): string {
  return [...digest(script)].map(byte => byte.toString(16)).join('');
}

function digest(script: string): Buffer {
  return createHash('sha256').update(script).digest();
}
