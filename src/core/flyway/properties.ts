/** What a configuration file says, by the tool's own names without `flyway.`: `locations`, `placeholders.owner`. */
export type Properties = ReadonlyMap<string, string>;

/** @returns nothing for a file of another name, and for one that does not mention the tool */
export function propertiesOf(fileName: string, text: string): Properties {
  if (fileName.endsWith('.toml')) return fromToml(text);
  if (/\.ya?ml$/.test(fileName)) return fromYaml(text);
  if (fileName === 'pom.xml') return fromMaven(text);
  if (/\.gradle(?:\.kts)?$/.test(fileName)) return fromGradle(text);
  return fromLines(text);
}

/** `flyway.table=x` of flyway.conf, and `spring.flyway.table=x` of application.properties. */
function fromLines(text: string): Properties {
  const found = text
    .split(/\r?\n/)
    .map(line => /^\s*(?:spring\.)?flyway\.([\w.:-]+)\s*[=:]\s*(.*?)\s*$/.exec(line))
    .map(match => entryOf(match?.[1], match?.[2]));
  return new Map(found.flat());
}

/**
 * The section `flyway`, and of the environment that it names what stands there: `schemas`, and a `flyway` of its own.
 * Source: https://documentation.red-gate.com/flyway/reference/configuration/environments-namespace
 */
function fromToml(text: string): Properties {
  const sections = new Map<string, (readonly [string, string])[]>();
  let section = '';
  for (const line of tomlLines(text)) {
    const [, opened] = /^\s*\[([^[\]]+)\]\s*$/.exec(line) ?? [];
    if (opened !== undefined) {
      section = opened.trim();
      continue;
    }
    const [, key, value] = /^\s*"?([\w.:-]+)"?\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    // A key with dots says what a section says as well.
    const [place, name] = placeOfKey(section === '' ? (key ?? '') : `${section}.${key}`);
    sections.set(place, [...(sections.get(place) ?? []), ...entryOf(name, value)]);
  }
  const own = new Map(sections.get('flyway'));
  const environment = `environments.${own.get('environment') ?? 'default'}`;
  const schemas = new Map(sections.get(environment)).get('schemas');
  return new Map([
    ...(schemas === undefined ? [] : [['schemas', schemas] as const]),
    ...own,
    ...(sections.get(`${environment}.flyway`) ?? []),
  ]);
}

/** @returns the section that a key belongs to, and its name in there */
function placeOfKey(key: string): readonly [section: string, name: string] {
  const [, environment, within, rest] = /^(environments\.[^.]+)(\.flyway)?\.(.+)$/.exec(key) ?? [];
  if (environment !== undefined) return [environment + (within ?? ''), rest ?? ''];
  const [, name] = /^flyway\.(.+)$/.exec(key) ?? [];
  return name === undefined ? ['', key] : ['flyway', name];
}

/** Without comments, and with each list on one line. */
function tomlLines(text: string): readonly string[] {
  const plain = text.replaceAll(
    /("(?:[^"\\\n]|\\.)*"|'[^'\n]*')|#[^\n]*/g,
    (_all, quoted?: string) => quoted ?? '',
  );
  return plain
    .replaceAll(
      /(=\s*)\[([^\]]*)\]/g,
      (_all, before: string, list: string) => `${before}[${list.replaceAll(/\s*\n\s*/g, ' ')}]`,
    )
    .split(/\r?\n/);
}

/** The keys below `flyway:`, which stands below `spring:`. Sequences become lists with commas. */
function fromYaml(text: string): Properties {
  const path: {readonly indent: number; readonly key: string}[] = [];
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, blank = '', item, key, value = ''] =
      /^(\s*)(?:-\s+(.+?)|"?([\w.:-]+)"?:(?:\s+(.*?))?)\s*$/.exec(line.replace(/\s+#.*$/, '')) ?? [];
    if (key !== undefined) {
      while ((path.at(-1)?.indent ?? -1) >= blank.length) path.pop();
      path.push({indent: blank.length, key});
    }
    const [, name] = /^(?:spring\.)?flyway\.(.+)$/.exec(path.map(step => step.key).join('.')) ?? [];
    const given = key === undefined ? item : value;
    if (name === undefined || given === undefined || given === '') continue;
    for (const [property, text] of entryOf(name, given))
      found.set(property, key === undefined ? [found.get(property), text].filter(Boolean).join(',') : text);
  }
  return found;
}

/** The configuration of `flyway-maven-plugin`, and properties that begin with `flyway.`. */
function fromMaven(text: string): Properties {
  const [, plugin = ''] = /<artifactId>flyway-maven-plugin<\/artifactId>([^]*?)<\/plugin>/.exec(text) ?? [];
  const [, configuration = ''] = /<configuration>([^]*?)<\/configuration>/.exec(plugin) ?? [];
  const own = [...text.matchAll(/<flyway\.([\w.]+)>([^<]*)</g)].flatMap(([, key, value]) =>
    entryOf(key, value),
  );
  const [, placeholders = ''] = /<placeholders>([^]*?)<\/placeholders>/.exec(configuration) ?? [];
  const lists = ['locations', 'schemas', 'sqlMigrationSuffixes', 'ignoreMigrationPatterns'].flatMap(list => {
    const [, inside] = new RegExp(`<${list}>([^]*?)</${list}>`).exec(configuration) ?? [];
    if (inside === undefined) return [];
    const items = [...inside.matchAll(/<\w+>([^<]*)</g)].map(([, item = '']) => item.trim());
    return entryOf(list, items.length === 0 ? inside : items.join(','));
  });
  const plain = configuration.replaceAll(/<(placeholders|\w+s)>\s*<[^]*?<\/\1>/g, '');
  return new Map([
    ...own,
    ...[...plain.matchAll(/<(\w+)>([^<>]+)<\/\1>/g)].flatMap(([, key, value]) => entryOf(key, value)),
    ...lists,
    ...[...placeholders.matchAll(/<([\w.]+)>([^<]*)</g)].flatMap(([, key, value]) =>
      entryOf(`placeholders.${key}`, value),
    ),
  ]);
}

/** `flyway { table = 'x' }`: values that are written out. */
function fromGradle(text: string): Properties {
  const [, block = ''] = /\bflyway\s*\{([^]*?)\n\}/.exec(`${text}\n}`) ?? [];
  return new Map(
    [
      ...block.matchAll(
        /^\s*(\w+)\s*=?\s*(\[[^\]]*\]|arrayOf\([^)]*\)|listOf\([^)]*\)|["'][^"'\n]*["']|true|false)/gm,
      ),
    ].flatMap(([, key, value]) => entryOf(key, value?.replace(/^(?:array|list)Of\((.*)\)$/s, '[$1]'))),
  );
}

function entryOf(key: string | undefined, value: string | undefined): readonly (readonly [string, string])[] {
  if (key === undefined || value === undefined) return [];
  const name = key.startsWith('placeholders.')
    ? key
    : key.replaceAll(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
  return [[name, plainValue(value.trim())]];
}

function plainValue(value: string): string {
  const [, list] = /^\[([^]*)\]$/.exec(value) ?? [];
  if (list === undefined) return value.replace(/^(["'])(.*)\1$/s, '$2');
  return list
    .split(',')
    .map(item => plainValue(item.trim()))
    .filter(item => item !== '')
    .join(',');
}
