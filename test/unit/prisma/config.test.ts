import {expect, it} from 'vitest';
import {migrationsPathIn} from '../../../src/core/prisma/config.ts';

const literal = (path: string) => ({kind: 'literal', path}) as const;

it.each<[string, ReturnType<typeof migrationsPathIn>]>([
  ['export default defineConfig({schema: "prisma/schema.prisma"});', undefined],
  ['export default {migrations: {seed: "tsx seed.ts"}};', undefined],
  ['export default {migrations: {path: "db/steps"}};', literal('db/steps')],
  ["export default {migrations: {seed: 'tsx seed.ts', path: 'db/steps', }};", literal('db/steps')],
  ['export default {\n  migrations: {\n    path: `db`,\n  },\n};', literal('db')],
  ['export default {migrations: {path: path.join("db", "steps")}};', literal('db/steps')],
  ['export default {migrations: {path: join(import.meta.dirname, "db", "steps")}};', literal('db/steps')],
  ['export default {migrations: {path: resolve(__dirname, "db")}};', literal('db')],
  [
    '// migrations: {path: "no"}\nexport default {migrations: {/* path: "no", */ path: "yes"}};',
    literal('yes'),
  ],
  ['export default {migrations: {path: "a//b"}};', literal('a//b')],
  ['export default {migrations: {path: process.env.STEPS}};', {kind: 'computed'}],
  ['export default {migrations: {path: `${root}/steps`}};', {kind: 'computed'}],
  ['export default {migrations: {path: "a" + stage}};', {kind: 'computed'}],
  ['const path = "x"; export default {migrations: {path}};', {kind: 'computed'}],
  ['export default {migrations: {pathPrefix: "x"}};', undefined],
  ['', undefined],
])('reads %s without executing it', (text, expected) => {
  expect(migrationsPathIn(text)).toEqual(expected);
});
