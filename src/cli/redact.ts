import {redact} from '../core/connections/url.ts';

/** Keeps the passwords that were used out of a text that this program did not write, such as an exception. */
export interface Redactor {
  learn(secret: string): void;
  redact(text: string): string;
}

/** @returns a redactor that knows no secret yet, only what passwords look like */
export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    learn: secret => {
      if (secret !== '') secrets.add(secret).add(encodeURIComponent(secret));
    },
    redact: text =>
      [...secrets]
        .toSorted((a, b) => b.length - a.length)
        .reduce((rest, secret) => rest.replaceAll(secret, '***'), redact(text)),
  };
}
