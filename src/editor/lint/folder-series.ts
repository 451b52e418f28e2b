import {dirname} from 'node:path';
import type {ProjectFiles} from '../../core/lint/project-files.ts';
import type {Tool, ToolId} from '../../core/lint/tools/tool.ts';
import {fail} from '../../core/outcome.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {SeriesSource} from './file-series.ts';

/** @returns the folder of the migrations that a file of a tool is one of; nothing for a tool whose order no file name tells */
export function folderOfFile(tool: ToolId, path: string): string | undefined {
  switch (tool) {
    case 'golang-migrate':
    case 'dbmate':
    case 'goose':
    case 'node-pg-migrate':
      return dirname(path);
    case 'prisma':
      return dirname(dirname(path));
    case 'flyway':
      return /^.*[/\\]db[/\\]migration(?=[/\\])/.exec(path)?.[0] ?? dirname(path);
    case 'alembic':
    case 'sql':
      return undefined;
    default:
      return tool satisfies never;
  }
}

/** The files of a folder that no project owns, as their names and texts say: nothing is executed, and no connection read. */
export function sourceOfFolder(folder: string, tool: Tool, parser: Parser): SeriesSource {
  let opened: Promise<Project | undefined> | undefined;
  const open = (): Promise<Project | undefined> => {
    opened ??= import('../../frameworks/open-unread.ts').then(({openUnread}) =>
      tool.id === 'sql' ? undefined : openUnread(tool.id, folder, parser),
    );
    return opened;
  };
  const read = async (): Promise<ProjectFiles> => {
    const project = await open();
    const history = await project?.list();
    const freeLabel = await project?.nextLabel(new Date());
    return {
      history: history?.ok === true ? history.value : {migrations: [], problems: []},
      edited: new Set(),
      arrivals: new Map(),
      ...(freeLabel === undefined ? {} : {freeLabel}),
    };
  };
  const draft: Project['draft'] = async requests =>
    (await open())?.draft(requests) ?? fail('unsupported', 'This tool makes its files itself.');
  return {folders: [folder], tool, read, draft};
}
