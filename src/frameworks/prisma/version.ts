import {dirname, join} from 'node:path';
import * as z from 'zod/mini';
import {textOf} from '../shared/file-text.ts';

const Dependencies = z.optional(z.record(z.string(), z.unknown()));
const Manifest = z.object({
  version: z.optional(z.string()),
  dependencies: Dependencies,
  devDependencies: Dependencies,
});

/**
 * The major version of Prisma that a folder's project has: the installed one, or else the one that the nearest
 * package.json with Prisma asks for.
 * @returns undefined where nothing says so
 */
export async function majorOf(folder: string): Promise<number | undefined> {
  for (let place = folder; ; place = dirname(place)) {
    const installed = await manifestIn(join(place, 'node_modules', 'prisma'));
    const version = installed?.version ?? wantedBy(await manifestIn(place));
    const major = /\d+/.exec(version ?? '')?.[0];
    if (major !== undefined) return Number(major);
    if (dirname(place) === place) return undefined;
  }
}

async function manifestIn(folder: string): Promise<z.infer<typeof Manifest> | undefined> {
  const text = await textOf(join(folder, 'package.json'));
  if (text === undefined) return undefined;
  try {
    const parsed = Manifest.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function wantedBy(manifest: z.infer<typeof Manifest> | undefined): string | undefined {
  const all = {...manifest?.dependencies, ...manifest?.devDependencies};
  const wanted = all['prisma'] ?? all['@prisma/client'];
  return typeof wanted === 'string' ? wanted : undefined;
}
