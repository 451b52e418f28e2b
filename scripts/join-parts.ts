import {basename} from 'node:path';
import {
  build,
  type Metafile,
  type OnResolveArgs,
  type OnResolveResult,
  type OutputFile,
  type Plugin,
} from 'esbuild';

/** Files of a bundle that become one. */
interface Group {
  /** The name of that one. */
  readonly name: string;
  /** Their names. */
  readonly members: ReadonlySet<string>;
}

/** The files of a bundle by name, and what it says of each. */
interface Parts {
  readonly texts: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, Metafile['outputs'][string]>;
}

/**
 * Joins what is loaded at start into two files, because each file by itself costs a third of a millisecond then: what only
 * the editor can load, and `start.mjs`. The other parts stay as they are, and find there what they need.
 * @param files of a bundle in ESM that was split, all in one folder
 * @param entry the name of the file that is loaded at start
 * @param own a module that only the editor has
 * @returns the text of each file, by name
 */
export async function joinParts(
  files: readonly OutputFile[],
  {outputs}: Metafile,
  entry: string,
  own: string,
): Promise<ReadonlyMap<string, string>> {
  const parts: Parts = {
    texts: new Map(files.map(({path, text}) => [basename(path), text])),
    outputs: new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output])),
  };
  const start = [...reached(parts, entry)].filter(name => parts.texts.has(name));
  const isOwn = (name: string): boolean => reached(parts, name).has(own);
  const groups: readonly Group[] = [
    {name: entry, members: new Set(start.filter(isOwn))},
    {name: 'start.mjs', members: new Set(start.filter(name => !isOwn(name)))},
  ];
  const others = [...parts.texts.keys()].filter(name => !start.includes(name));
  const {outputFiles} = await build({
    entryPoints: [...groups.map(({name}) => `group:${name}`), ...others.map(name => `part:${name}`)].map(
      each => ({
        in: each,
        out: each.slice(each.indexOf(':') + 1, -'.mjs'.length),
      }),
    ),
    outdir: '/',
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'esnext',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    outExtension: {'.js': '.mjs'},
    plugins: [joining(groups, parts)],
  });
  return new Map(outputFiles.map(({path, text}) => [basename(path), text]));
}

/** @returns a file with all that is loaded with it */
function reached({outputs}: Parts, name: string): ReadonlySet<string> {
  const found = new Set([name]);
  for (const each of found)
    for (const {kind, path} of outputs.get(each)?.imports ?? [])
      if (kind === 'import-statement') found.add(basename(path));
  return found;
}

/** Reads the files from memory: one of a group inside of it as it is, and elsewhere as names of what the group exports. */
function joining(groups: readonly Group[], {texts, outputs}: Parts): Plugin {
  const groupOf = (name: string): Group | undefined => groups.find(({members}) => members.has(name));
  const resolve = ({path, importer, namespace, kind}: OnResolveArgs): OnResolveResult => {
    if (kind === 'entry-point') {
      const [where = '', name = ''] = path.split(':');
      return {namespace: where, path: name};
    }
    const name = basename(path);
    const group = path.startsWith('./') ? groupOf(name) : undefined;
    if (!group) return {path, external: true};
    if (namespace === 'outside') return {path: `./${group.name}`, external: true};
    const from = namespace === 'group' ? importer : groupOf(importer)?.name;
    return {namespace: from === group.name ? 'part' : 'outside', path: name};
  };
  const named = (name: string, as: (outer: string, inner: string) => string): string => {
    const names = (outputs.get(name)?.exports ?? []).map(each =>
      as(`${name.slice(0, -'.mjs'.length).replaceAll('-', '_')}_${each}`, each),
    );
    return names.length === 0 ? `import "./${name}";` : `export {${names.join()}} from "./${name}";`;
  };
  const exportsOf = (group: string): readonly string[] =>
    [...(groups.find(({name}) => name === group)?.members ?? [])].map(name =>
      name === group ? `export * from "./${name}";` : named(name, (outer, inner) => `${inner} as ${outer}`),
    );
  return {
    name: 'joining',
    setup: build => {
      build.onResolve({filter: /./}, resolve);
      build.onLoad({filter: /./, namespace: 'group'}, ({path}) => ({contents: exportsOf(path).join('\n')}));
      build.onLoad({filter: /./, namespace: 'part'}, ({path}) => ({contents: texts.get(path) ?? ''}));
      build.onLoad({filter: /./, namespace: 'outside'}, ({path}) => ({
        contents: named(path, (outer, inner) => `${outer} as ${inner}`),
      }));
    },
  };
}
