interface Held {
  readonly mode: string;
  readonly name: string;
}

const writerStops = new Set(['S', 'SRE', 'X']);

/**
 * Whoever plans a query locks all indexes of its tables, so that a lock on one is a lock on its table. `nextval` locks
 * its sequence in ROW EXCLUSIVE mode.
 * @returns whom the locks of a line of `lockCases` make wait: “reads and writes of `orders`”; empty for nobody
 * Source: https://www.postgresql.org/docs/current/sql-reindex.html
 */
export function whoWaits(does: string): string {
  const [held = ''] = does.split('; ');
  if (held === 'nothing') return '';
  const locks = held.split(', ').map(each => {
    const [mode = '', name = ''] = each.split(' ');
    return {mode, name};
  });
  const everybody = tablesOf(locks.filter(({mode}) => mode === 'AE'));
  const writers = tablesOf(locks.filter(({mode}) => writerStops.has(mode)));
  const sequences = locks.filter(
    ({mode, name}) => isSequence(name) && (mode === 'AE' || writerStops.has(mode)),
  );
  return [
    ...said('reads and writes of', everybody),
    ...said(
      'writes of',
      writers.filter(name => !everybody.includes(name)),
    ),
    ...said(
      '`nextval` of',
      sequences.map(({name}) => name),
    ),
  ].join('; ');
}

function isSequence(name: string): boolean {
  return name === 'numbers' || name.endsWith('_seq');
}

/** `pair` is a composite type, whose lock stops nobody who reads a table. */
function tablesOf(locks: readonly Held[]): readonly string[] {
  const names = locks.map(({name}) => name.replace(/_(?:[a-z]+_idx|[a-z]+_key|pkey)$/, ''));
  return [...new Set(names)].filter(name => !isSequence(name) && name !== 'pair').toSorted();
}

function said(what: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const quoted = names.map(name => `\`${name}\``);
  const last = quoted.at(-1) ?? '';
  return [`${what} ${quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} and ${last}`}`];
}
