import type * as Yaml from 'js-yaml';
import * as z from 'zod/mini';
import {fail, ok, type Outcome} from '../core/outcome.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const names = z.union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())]);

/** Only what tells where a server is; everything else may be as it likes. Source: the Compose specification. */
const composeService = z.object({
  image: z.optional(z.nullable(z.string())),
  build: z.optional(z.unknown()),
  container_name: z.optional(z.nullable(z.string())),
  hostname: z.optional(z.nullable(z.string())),
  network_mode: z.optional(z.nullable(z.string())),
  environment: z.optional(z.nullable(z.union([z.array(scalar), z.record(z.string(), scalar)]))),
  env_file: z.optional(z.nullable(names)),
  ports: z.optional(
    z.nullable(
      z.array(
        z.union([
          z.string(),
          z.number(),
          z.object({
            target: z.union([z.string(), z.number()]),
            published: z.optional(z.union([z.string(), z.number()])),
            host_ip: z.optional(z.string()),
            protocol: z.optional(z.string()),
          }),
        ]),
      ),
    ),
  ),
});
const composeFile = z.object({services: z.optional(z.nullable(z.record(z.string(), z.unknown())))});

/** A service as it is written, its variables not yet replaced. */
export interface ComposeService {
  readonly name: string;
  /** 1-based line of the service's name. */
  readonly line?: number;
  readonly image?: string;
  readonly isBuilt: boolean;
  /** The names that other containers know it by. */
  readonly hostNames: readonly string[];
  readonly isOnHostNetwork: boolean;
  /** `undefined` takes the value from the environment of Compose. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** Paths relative to the Compose file. */
  readonly envFiles: readonly string[];
  readonly ports: readonly ComposePort[];
}

/** A published port, as it is written: `[host_ip:]published:target`, or only `target`. */
export interface ComposePort {
  readonly target: string;
  readonly published: string;
  readonly hostIp: string;
}

/**
 * @returns the services; a service that is not of the specified form is left out, because a Compose file may
 *   hold many things that do not matter here. `invalid-input` when the file is not YAML, with the line.
 */
export async function parseComposeFile(text: string): Promise<Outcome<readonly ComposeService[]>> {
  const document = await loadYaml(text);
  if (!document.ok) return document;
  const file = composeFile.safeParse(document.value);
  const services = Object.entries(file.data?.services ?? {});
  return ok(
    services.flatMap(([name, value]) => {
      const service = composeService.safeParse(value);
      return service.success ? [readService(name, service.data, lineOf(text, name))] : [];
    }),
  );
}

async function loadYaml(text: string): Promise<Outcome<unknown>> {
  const yaml = await import('js-yaml');
  try {
    // An empty file has no document, which is no error here; Compose reads the first of several.
    return ok(yaml.loadAll(text, {schema: composeSchema(yaml), json: true})[0]);
  } catch (error) {
    // The exception's message quotes the file, passwords and all.
    const mark = error instanceof yaml.YAMLException ? error.mark : undefined;
    const where = mark ? ` at line ${mark.line + 1}` : '';
    return fail('invalid-input', `The file is not valid YAML${where}.`, {
      advice: 'Run "docker compose config" to see what is wrong with it.',
    });
  }
}

/** Compose's own tags (`!reset`, `!override`) change how files are merged, and not what a value is. */
function composeSchema(yaml: typeof Yaml) {
  const anyTag = {matchByTagPrefix: true, identify: () => false};
  return yaml.CORE_SCHEMA.withTags(
    yaml.mergeTag,
    yaml.defineScalarTag('!', {...anyTag, resolve: (source: string) => source}),
    yaml.defineSequenceTag('!', {
      ...anyTag,
      create: (): unknown[] => [],
      addItem: (list: unknown[], item: unknown) => void list.push(item),
    }),
    yaml.defineMappingTag('!', {
      ...anyTag,
      create: () => new Map<unknown, unknown>(),
      addPair: (map: Map<unknown, unknown>, key: unknown, value: unknown) => (map.set(key, value), ''),
      has: (map: Map<unknown, unknown>, key: unknown) => map.has(key),
      finalize: (map: Map<unknown, unknown>): object => Object.fromEntries(map),
      keys: (result: object) => Object.keys(result),
      get: (result: object, key: unknown): unknown => new Map(Object.entries(result)).get(String(key)),
    }),
  );
}

function readService(
  name: string,
  service: z.infer<typeof composeService>,
  line: number | undefined,
): ComposeService {
  return {
    name,
    ...(line === undefined ? {} : {line}),
    ...(service.image ? {image: service.image} : {}),
    isBuilt: service.build !== undefined,
    hostNames: [name, service.container_name, service.hostname].filter(host => typeof host === 'string'),
    isOnHostNetwork: service.network_mode === 'host',
    environment: readEnvironment(service.environment ?? {}),
    envFiles: readEnvFiles(service.env_file),
    ports: (service.ports ?? []).flatMap(readPort),
  };
}

type Scalar = z.infer<typeof scalar>;

function readEnvironment(
  environment: readonly Scalar[] | Readonly<Record<string, Scalar>>,
): ReadonlyMap<string, string | undefined> {
  const entries: readonly (readonly [string, Scalar | undefined])[] = Array.isArray(environment)
    ? environment.map(item => splitAssignment(String(item)))
    : Object.entries(environment);
  return new Map(
    entries.map(([name, value]) => [name, value === null || value === undefined ? undefined : String(value)]),
  );
}

function splitAssignment(text: string): readonly [string, string | undefined] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}

function readEnvFiles(files: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(files) ? files : [files];
  return items.flatMap(item => {
    if (typeof item === 'string') return [item];
    const path = z.object({path: z.string()}).safeParse(item);
    return path.success ? [path.data.path] : [];
  });
}

type WrittenPort = NonNullable<NonNullable<z.infer<typeof composeService>['ports']>[number]>;

function readPort(port: WrittenPort): readonly ComposePort[] {
  if (typeof port === 'object') {
    if (port.protocol === 'udp') return [];
    return [
      {target: String(port.target), published: String(port.published ?? ''), hostIp: port.host_ip ?? ''},
    ];
  }
  // Variables with a default hold colons of their own.
  const parts = [...String(port).matchAll(/(?:\$\{[^}]*\}|\[[^\]]*\]|[^:])+/g)].map(match => match[0]);
  const [target, published = '', hostIp = ''] = parts.toReversed();
  return target === undefined || target.endsWith('/udp')
    ? []
    : [{target: target.replace(/\/tcp$/, ''), published, hostIp}];
}

function lineOf(text: string, service: string): number | undefined {
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex(line => /^["']?services["']?\s*:/.test(line));
  const index = lines.findIndex((line, number) => {
    const match = /^\s+(?:"([^"]+)"|'([^']+)'|([^\s"'#][^:]*?))\s*:/.exec(line);
    return number > begin && (match?.[1] ?? match?.[2] ?? match?.[3]) === service;
  });
  return begin < 0 || index < 0 ? undefined : index + 1;
}
