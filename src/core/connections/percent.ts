import {fail, ok, type Outcome} from '../outcome.ts';

/**
 * Percent-decoding as in libpq: `+` stays a plus sign.
 * Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 *
 * @param part what the text is, for the message, such as `The password`
 * @returns the decoded text; or `invalid-input` that names the part and never shows it.
 */
export function decodePercent(text: string, part: string): Outcome<string> {
  if (/%(?![\da-f]{2})/i.test(text)) {
    return fail('invalid-input', `${part} has a % that is not followed by two hexadecimal digits.`, {
      advice: 'Write a % that belongs to the text itself as %25.',
    });
  }
  try {
    return ok(decodeURIComponent(text));
  } catch {
    return fail('invalid-input', `${part} has percent-encoded bytes that are not UTF-8.`, {
      advice: 'Encode the characters in UTF-8, such as %C3%A9 for é.',
    });
  }
}
