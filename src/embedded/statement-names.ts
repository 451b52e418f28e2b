import {text, message, type Message} from './wire.ts';

/**
 * All connections share one backend, so two that prepare a statement under one name would get in each other's way.
 * Each connection's names get a prefix of their own on the way in. Portals need none: they end with the transaction,
 * and so with the turn.
 */
export interface StatementNames {
  /** @returns the message to send in place of `incoming`. */
  translate(incoming: Message): Buffer;
  /** @returns messages that close what is still prepared, ready to send before a Sync; empty when nothing is. */
  closeAll(): Buffer;
}

export function createStatementNames(prefix: string): StatementNames {
  const known = new Set<string>();
  const own = (name: string): string => (name === '' ? '' : `${prefix}${name}`);
  const rest = (body: Buffer, ...names: readonly string[]): Buffer =>
    body.subarray(names.reduce((length, name) => length + Buffer.byteLength(name) + 1, 0));
  return {
    translate({type, body, raw}) {
      if (type === 'P') {
        const name = firstString(body);
        if (name === '') return raw;
        known.add(own(name));
        return message('P', own(name), rest(body, name));
      }
      if (type === 'B') {
        const portal = firstString(body);
        const name = firstString(rest(body, portal));
        return name === '' ? raw : message('B', portal, own(name), rest(body, portal, name));
      }
      if ((type === 'D' || type === 'C') && body[0] === 0x53) {
        const name = firstString(body.subarray(1));
        if (type === 'C') known.delete(own(name));
        return name === '' ? raw : message(type, Buffer.of(0x53), own(name));
      }
      return raw;
    },
    closeAll: () =>
      Buffer.concat([...known].map(name => message('C', Buffer.concat([Buffer.of(0x53), text(name)])))),
  };
}

function firstString(body: Buffer): string {
  return body.toString('utf8', 0, Math.max(body.indexOf(0), 0));
}
