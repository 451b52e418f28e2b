import {expect, it} from 'vitest';
import {replay} from '../../src/postgres/rehearse/replay.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import {value} from '../rig/sessions.ts';
import {useStage} from './stage-rig.ts';

const rig = useStage();
const parser = createParser();

it('replays', async () => {
  const stage = value(await rig.shared().open());
  const scripts = [1, 2, 3].map(n => {
    const sql = `CREATE TABLE t${n} (id serial PRIMARY KEY);`;
    return {
      migration: {id: String(n), label: String(n), title: 't'},
      direction: 'up' as const,
      path: `/m/${n}.sql`,
      sql,
      pieces: [{start: 0, end: sql.length, how: 'query' as const}],
    };
  });
  for (let i = 0; i < 3; i += 1) {
    const t = performance.now();
    const done = value(await replay(stage, parser, {project: 'p', scripts}));
    console.log(performance.now() - t, done.kind === 'ready' ? [done.files, done.milliseconds] : done);
    expect(done.kind).toBe('ready');
  }
  await stage.release();
});
