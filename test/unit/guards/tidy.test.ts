import {readdirSync, readFileSync} from 'node:fs';
import {extname, join, relative} from 'node:path';
import {expect, it} from 'vitest';

const root = join(import.meta.dirname, '../../..');
const notOurs = new Set(['node_modules', '.git', '.cache', 'dist', 'package-lock.json']);
const written = new Set(['', '.ts', '.mjs', '.json', '.md', '.sql', '.svg', '.css', '.html', '.yml', '.txt']);

const texts = filesBelow(root).map(file => ({
  file: relative(root, file),
  text: readFileSync(file, 'utf8'),
}));

it('reads the files of the project', () => {
  expect(texts.map(({file}) => file)).toEqual(expect.arrayContaining(['package.json', 'src/extension.ts']));
});

const unwanted = [
  {
    what: 'a path of one machine',
    pattern: /\/(root|work\/(main|shared)|Users\/\w+|home\/(?!user\b|me\b|app\b|ada\b)\w+)\//,
    example: 'see /root/notes.txt',
  },
  {
    what: 'a number of an issue or a task',
    pattern: /\b(issue|task|ticket|brief|pull request)s? #?\d+|\(#\d+\)/i,
    example: 'as task 12 asks',
  },
  {
    what: 'a package registry that only some machines reach',
    pattern: /https?:\/\/[\w.-]*(registry|nexus|artifactory)\b/i,
    example: 'http://registry:4873/',
  },
  {
    what: 'a switch that silences a tool',
    pattern: /oxlint-disable|eslint-disable|@ts-ignore|@ts-expect-error|@ts-nocheck/,
    example: '// @ts-ignore',
  },
];

it.each(unwanted)('has nowhere $what', ({pattern, example}) => {
  const found = texts.filter(
    ({file, text}) => file !== 'test/unit/guards/tidy.test.ts' && pattern.test(text),
  );
  expect(found.map(({file, text}) => `${file}: ${pattern.exec(text)?.[0]}`)).toEqual([]);
  expect(example).toMatch(pattern);
});

it('has no code file that is two things', () => {
  const lines = (text: string): number => text.split('\n').length - 1;
  const long = texts.filter(
    ({file, text}) => /\.(ts|mjs)$/.test(file) && !file.endsWith('.test.ts') && lines(text) > 300,
  );
  expect(long.map(({file, text}) => `${file}: ${lines(text)} lines`)).toEqual([]);
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, {withFileTypes: true})
    .filter(entry => !notOurs.has(entry.name))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() && written.has(extname(entry.name)) ? [path] : [];
    });
}
