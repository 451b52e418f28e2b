import {readdir, readFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import * as z from 'zod';
import type {Template} from '../core/migrations/template.ts';
import {fail, ok, type Outcome} from '../core/outcome.ts';

const fileName = z
  .string()
  .refine(name => basename(name) === name, 'not a file of the template’s own folder');

const Manifest = z.object({
  title: z.string().min(1),
  description: z.string().default(''),
  /** Templates are offered by this number, then by title. */
  order: z.number().default(100),
  prompts: z
    .array(
      z.object({
        name: z.string().regex(/^\w+$/),
        label: z.string().min(1),
        kind: z.enum(['name', 'literal', 'text']).default('name'),
        fromTitle: z.array(z.string().refine(isPattern, 'not a regular expression')).default([]),
        default: z.string().optional(),
      }),
    )
    .default([]),
  migrations: z
    .array(z.object({title: z.string().default('{{title}}'), up: fileName, down: fileName}))
    .min(1)
    .default([{title: '{{title}}', up: 'up.sql', down: 'down.sql'}]),
});

/**
 * Reads the templates of each folder: one folder for each template, with a `template.json` and the SQL files it names.
 * A template of a later folder replaces one of the same folder name, so that a project can bring its own.
 * @param folders absolute paths; one that does not exist has no templates
 * Failures: `unreadable-file`, `invalid-input` (what is wrong in which manifest)
 */
export async function loadTemplates(folders: readonly string[]): Promise<Outcome<readonly Template[]>> {
  const found = new Map<string, Ordered>();
  for (const folder of folders) {
    for (const id of await templateIds(folder)) {
      const template = await loadTemplate(join(folder, id), id);
      if (!template.ok) return template;
      found.set(id, template.value);
    }
  }
  const ordered = [...found.values()].toSorted(
    (one, other) => one.order - other.order || one.template.title.localeCompare(other.template.title),
  );
  return ok(ordered.map(({template}) => template));
}

interface Ordered {
  readonly order: number;
  readonly template: Template;
}

async function templateIds(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, {withFileTypes: true});
    return entries.filter(entry => entry.isDirectory()).map(({name}) => name);
  } catch {
    return [];
  }
}

async function loadTemplate(folder: string, id: string): Promise<Outcome<Ordered>> {
  const path = join(folder, 'template.json');
  const text = await read(path);
  if (!text.ok) return text;
  const manifest = parseManifest(text.value);
  if (!manifest.success)
    return fail('invalid-input', `${path} is no template: ${z.prettifyError(manifest.error)}`, {
      advice: 'Correct it, or remove the folder.',
    });
  const {title, description, order, prompts, migrations} = manifest.data;
  const filled = [];
  for (const migration of migrations) {
    const up = await read(join(folder, migration.up));
    const down = await read(join(folder, migration.down));
    if (!up.ok) return up;
    if (!down.ok) return down;
    filled.push({title: migration.title, up: up.value, down: down.value});
  }
  const asked = prompts.map(({default: fallback, ...prompt}) => ({
    ...prompt,
    ...(fallback === undefined ? {} : {default: fallback}),
  }));
  return ok({order, template: {id, title, description, prompts: asked, migrations: filled}});
}

function parseManifest(text: string): ReturnType<typeof Manifest.safeParse> {
  try {
    return Manifest.safeParse(JSON.parse(text));
  } catch {
    // The schema's own error says that an object was expected.
    return Manifest.safeParse(undefined);
  }
}

async function read(path: string): Promise<Outcome<string>> {
  try {
    return ok(await readFile(path, 'utf8'));
  } catch {
    return fail('unreadable-file', `${path} of a template cannot be read.`, {
      advice: 'Check that the file exists and that you may read it.',
    });
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
