import {execFileSync} from 'node:child_process';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buildEmbedded} from '../../scripts/embedded-assets.ts';
import type {MigrationScript} from '../../src/core/rehearse/script.ts';
import type {Stage} from '../../src/core/rehearse/stage.ts';
import {createStageKeeper, type StageKeeper} from '../../src/embedded/stage/keeper.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {openSession} from '../../src/postgres/connect.ts';
import {rehearse} from '../../src/postgres/rehearse/rehearse.ts';
import {replay} from '../../src/postgres/rehearse/replay.ts';
import {mebibytes, median, milliseconds, type Figure} from './figure.ts';

const parser = createParser();
const runs = 5;

/** The embedded server of rehearsals: its start, histories of two sizes, and its memory. */
export async function measureReplay(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-bench-'));
  const serverScript = join(folder, 'server.mjs');
  await buildEmbedded(folder);
  try {
    const figures: Figure[] = [...(await measureStarts(serverScript))];
    for (const files of [100, 1000]) figures.push(...(await measureHistory(serverScript, files)));
    return figures;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

function keeperOf(serverScript: string, idleMs = 60_000): StageKeeper {
  return createStageKeeper({
    serverScript,
    idleMs,
    open: (settings, password, signal) =>
      openSession(settings, {
        readOnly: false,
        applicationName: 'howdah-bench',
        home: folderWithoutFiles,
        ...(password === undefined ? {} : {password}),
        ...(signal ? {signal} : {}),
      }),
  });
}

const folderWithoutFiles = join(tmpdir(), 'howdah-no-such-home');

async function measureStarts(serverScript: string): Promise<readonly Figure[]> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const keeper = keeperOf(serverScript, 1);
    cold.push(await timed(() => useOnce(keeper)));
    while (keeper.state() !== 'none') await new Promise(resolve => setTimeout(resolve, 10));
    warm.push(await timed(() => useOnce(keeper)));
    await keeper.dispose();
  }
  return [
    {what: 'stage: from nothing to the first answer', measured: milliseconds(median(cold)), goal: '≤ 1.5 s'},
    {what: 'stage: the same with its data there', measured: milliseconds(median(warm))},
  ];
}

async function useOnce(keeper: StageKeeper): Promise<void> {
  const stage = await open(keeper);
  await answer(stage);
  await stage.release();
}

async function measureHistory(serverScript: string, files: number): Promise<readonly Figure[]> {
  const keeper = keeperOf(serverScript);
  const stage = await open(keeper);
  await answer(stage);
  const label = `history of ${files.toLocaleString('en')} files`;
  const idle = await memoryOf(serverScript);
  const nothing = await timed(() => lead(stage, files));
  const again = await timed(() => lead(stage, files));
  const edits: number[] = [];
  for (let run = 0; run < runs; run += 1) edits.push(await timed(() => lead(stage, files, `SELECT ${run};`)));
  await lead(stage, files);
  const verdicts: number[] = [];
  const reports: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const {verdict, report} = await rehearseEdited(stage, files, run);
    verdicts.push(verdict);
    reports.push(report);
  }
  const working = await memoryOf(serverScript);
  await stage.release();
  await keeper.dispose();
  return [
    {what: `${label}: replayed from nothing`, measured: milliseconds(nothing)},
    {what: `${label}: again, unchanged`, measured: milliseconds(again)},
    {what: `${label}: its last file edited`, measured: milliseconds(median(edits))},
    {
      what: `${label}: verdict on an edited file after it`,
      measured: milliseconds(median(verdicts)),
      goal: '≤ 300 ms',
    },
    {
      what: `${label}: the whole report on it, down and up again as well`,
      measured: milliseconds(median(reports)),
    },
    {what: `${label}: memory before and after`, measured: `${mebibytes(idle)}, ${mebibytes(working)}`},
  ];
}

async function open(keeper: StageKeeper): Promise<Stage> {
  const stage = await keeper.open();
  if (!stage.ok) throw new Error(stage.failure.message);
  return stage.value;
}

async function answer(stage: Stage): Promise<void> {
  const session = await stage.session();
  if (!session.ok || !(await session.value.texts('SELECT 1')).ok) throw new Error('there is no answer');
}

async function lead(stage: Stage, files: number, edit = ''): Promise<void> {
  const replayed = await replay(stage, parser, {project: `bench ${files}`, scripts: history(files, edit)});
  if (!replayed.ok || replayed.value.kind === 'stopped') throw new Error(JSON.stringify(replayed));
}

/** The history is replayed; the file after it has just been edited. */
async function rehearseEdited(
  stage: Stage,
  files: number,
  edit: number,
): Promise<{readonly verdict: number; readonly report: number}> {
  const up = scriptOf(
    files,
    `ALTER TABLE t0 ADD COLUMN edit_${edit} int; CREATE INDEX ON t0 (edit_${edit});`,
  );
  const down = {...scriptOf(files, `ALTER TABLE t0 DROP COLUMN edit_${edit};`), direction: 'down' as const};
  const begin = performance.now();
  let verdict = Number.NaN;
  const rehearsed = await rehearse(
    {stage, parser},
    {project: `bench ${files}`, history: history(files, ''), steps: [{up, down}]},
    {
      onProgress: event => {
        if (event.kind === 'verdict') verdict = performance.now() - begin;
      },
    },
  );
  if (!rehearsed.ok || rehearsed.value.kind === 'stopped') throw new Error(JSON.stringify(rehearsed));
  if (rehearsed.value.report.steps[0]?.undo.kind !== 'undone') throw new Error('down does not undo up');
  return {verdict, report: performance.now() - begin};
}

function history(files: number, edit: string): readonly MigrationScript[] {
  return Array.from({length: files}, (_, nr) => scriptOf(nr, `${textOf(nr)}${nr === files - 1 ? edit : ''}`));
}

function scriptOf(nr: number, sql: string): MigrationScript {
  return {
    migration: {id: String(nr), label: String(nr), title: 'bench'},
    direction: 'up',
    path: `/bench/${nr}.up.sql`,
    sql,
    pieces: [{start: 0, end: sql.length, how: 'query'}],
  };
}

/** Three files make a table, the fourth changes one. */
function textOf(nr: number): string {
  return nr % 4 === 3
    ? `ALTER TABLE t${nr - 1} ADD COLUMN c${nr} text; CREATE INDEX ON t${nr - 1} (c${nr});`
    : `CREATE TABLE t${nr} (id bigserial PRIMARY KEY, a text NOT NULL UNIQUE, created timestamptz DEFAULT now());`;
}

async function timed(task: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await task();
  return performance.now() - begin;
}

/** Resident bytes of the server's process; Linux only. */
async function memoryOf(serverScript: string): Promise<number> {
  const [pid = ''] = execFileSync('pgrep', ['-f', serverScript]).toString().split('\n');
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
}
