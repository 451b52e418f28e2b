import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import * as z from 'zod';
import {frameworkIds} from '../../../src/core/migrations/migration.ts';

const root = join(import.meta.dirname, '../../..');
const text = readFileSync(join(root, 'package.json'), 'utf8');
const strings = z.record(z.string(), z.string()).parse(read('package.nls.json'));

const MenuItem = z.object({command: z.string().optional(), when: z.string().optional()});
const Command = z.object({command: z.string(), title: z.string()});
const manifest = z
  .object({
    icon: z.string(),
    activationEvents: z.array(z.string()).default([]),
    contributes: z.object({
      commands: z.array(Command),
      configuration: z.object({properties: z.record(z.string(), z.unknown())}),
      menus: z.record(z.string(), z.array(MenuItem)).default({}),
      views: z.record(z.string(), z.array(z.object({id: z.string(), name: z.string()}))),
      viewsContainers: z.record(z.string(), z.array(z.object({title: z.string(), icon: z.string()}))),
    }),
  })
  .parse(JSON.parse(text));
const {commands, menus, views, viewsContainers} = manifest.contributes;

describe('the manifest', () => {
  it('starts the extension for a reason only', () => {
    expect(manifest.activationEvents).not.toContain('*');
    expect(manifest.activationEvents).not.toContain('onStartupFinished');
  });

  it('has words for every key, and a key for every word', () => {
    const used = [...text.matchAll(/%([\w.-]+)%/g)].map(([, key]) => key);
    expect(new Set(used)).toEqual(new Set(Object.keys(strings)));
  });

  it.each(commands)('takes the title of $command from the words', ({title}) => {
    expect(title).toMatch(/^%.+%$/);
  });

  it('takes the titles of views from the words', () => {
    const titles = [...Object.values(views).flat(), ...Object.values(viewsContainers).flat()].map(entry =>
      'name' in entry ? entry.name : entry.title,
    );
    expect(titles.filter(title => !/^%.+%$/.test(title))).toEqual([]);
  });

  it('declares each command once', () => {
    const ids = commands.map(({command}) => command);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('names in its menus only commands it declares', () => {
    const declared = new Set(commands.map(({command}) => command));
    const named = Object.values(menus).flatMap(items => items.map(item => item.command ?? ''));
    expect(named.filter(command => command !== '' && !declared.has(command))).toEqual([]);
  });

  it('offers every migration tool in the setting that chooses one', () => {
    const chosen = z.object({additionalProperties: z.object({enum: z.array(z.string())})});
    const {properties} = manifest.contributes.configuration;
    expect(chosen.parse(properties['howdah.migrations.frameworks']).additionalProperties.enum).toEqual([
      ...frameworkIds,
      'none',
    ]);
  });

  it('has its pictures', () => {
    const pictures = [
      manifest.icon,
      ...Object.values(viewsContainers).flatMap(all => all.map(one => one.icon)),
    ];
    expect(pictures.filter(file => !existsSync(join(root, file)))).toEqual([]);
  });
});

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}
