import {stat} from 'node:fs/promises';
import {resolve} from 'node:path';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {Target} from '../candidates.ts';
import {projectIn} from '../projects.ts';
import type {Invocation} from '../runner.ts';
import {targetNamed} from '../targets.ts';

/** What one side of a comparison is read from. */
export type Side =
  | {readonly kind: 'connection'; readonly target: Target}
  | {readonly kind: 'folder'; readonly project: Project}
  | {readonly kind: 'file'; readonly path: string};

/** @returns what the text names: a folder or a file where there is one, and a connection otherwise */
export async function sideNamed(text: string, invocation: Invocation): Promise<Outcome<Side>> {
  const path = resolve(invocation.cwd, text);
  const there = await stat(path).catch(() => undefined);
  if (there?.isFile()) return ok({kind: 'file', path});
  if (there?.isDirectory()) {
    const project = await projectIn(path, invocation);
    return project.ok ? ok({kind: 'folder', project: project.value}) : project;
  }
  const target = await targetNamed(text, invocation);
  if (target.ok) return ok({kind: 'connection', target: target.value});
  if (!/[/\\]|\.sql$/u.test(text)) return target;
  return fail('unreadable-file', `${invocation.showPath(path)} is not there.`, {
    advice:
      'Give a folder of migrations, a file with a schema, or a connection that "howdah connections" lists.',
  });
}

/** @returns the side in a few words, such as `db/migrations` or the connection’s name */
export function describeSide(side: Side, {showPath}: Invocation): string {
  switch (side.kind) {
    case 'connection':
      return side.target.connection.name;
    case 'folder':
      return showPath(side.project.folder);
    case 'file':
      return showPath(side.path);
    default:
      return side satisfies never;
  }
}
