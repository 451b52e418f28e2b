import {mkdir, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {buildEmbedded} from './embedded-assets.ts';
import {buildNodePgMigrate} from './node-pg-migrate.ts';
import {writeNotices} from './notices.ts';
import {buildPrograms} from './programs.ts';
import {buildWebviews} from './webview.ts';

const dist = join(import.meta.dirname, '../dist');
const minify = !process.argv.includes('--debug');

await rm(dist, {recursive: true, force: true});
await mkdir(dist, {recursive: true});
const [programs, webviews, nodePgMigrate] = await Promise.all([
  buildPrograms(dist, {minify}),
  buildWebviews(join(dist, 'webview'), {minify}),
  buildNodePgMigrate(join(dist, 'node-pg-migrate'), {minify}),
  buildEmbedded(join(dist, 'embedded'), {minify}),
]);
await writeNotices([programs, webviews, nodePgMigrate], join(dist, 'THIRD-PARTY-NOTICES.txt'));
