/** One service of `pg_service.conf`. */
export interface Service {
  readonly name: string;
  /** 1-based line of the section's head. */
  readonly line: number;
  /** libpq's keywords. */
  readonly values: Readonly<Record<string, string>>;
  /** 1-based lines that are not of the form `name=value`; libpq refuses the whole file for one. */
  readonly badLines: readonly number[];
}

/**
 * Reads a connection service file. Of two services with one name the first counts.
 * Source: https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
export function parseServiceFile(text: string): readonly Service[] {
  const services: {name: string; line: number; values: [string, string][]; badLines: number[]}[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    const section = /^\[(.*)\]$/.exec(line)?.[1];
    const current = services.at(-1);
    if (line === '' || line.startsWith('#')) continue;
    if (section !== undefined) services.push({name: section, line: index + 1, values: [], badLines: []});
    else if (current) addLine(current, line, index + 1);
  }
  const first = new Map(services.toReversed().map(service => [service.name, service]));
  return services
    .filter(service => first.get(service.name) === service)
    .map(({values, ...service}) => ({...service, values: Object.fromEntries(values)}));
}

function addLine(
  service: {values: [string, string][]; badLines: number[]},
  line: string,
  number: number,
): void {
  // Directory lookups: this product asks no LDAP server.
  if (/^ldaps?:/i.test(line)) return;
  const equals = line.indexOf('=');
  if (equals > 0) service.values.push([line.slice(0, equals).trim(), line.slice(equals + 1).trim()]);
  else service.badLines.push(number);
}
