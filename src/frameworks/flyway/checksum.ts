import {crc32} from 'node:zlib';

/**
 * @returns the tool's checksum: CRC-32 over the lines without their ends and without a byte order mark, as a signed
 * number of 32 bits. An empty text has 0.
 * Source: https://github.com/flyway/flyway, `ChecksumCalculator`
 */
export function checksumOf(text: string): number {
  return crc32(text.replace(/^\uFEFF/, '').replaceAll(/\r\n|\r|\n/g, '')) | 0;
}
