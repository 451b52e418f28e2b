import {mkdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {createVSIX} from '@vscode/vsce';

const root = join(import.meta.dirname, '..');
const packagePath = join(root, '.cache/howdah.vsix');

// A fixed time in the archive: the same content gives the same file, so what was made from it can be kept.
process.env['SOURCE_DATE_EPOCH'] = '1735689600';

await mkdir(join(root, '.cache'), {recursive: true});
await createVSIX({
  cwd: root,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  // There is no published repository yet that relative links of the README could lead to.
  rewriteRelativeLinks: false,
});
const {size} = await stat(packagePath);
console.log(`${packagePath} ${(size / 1_048_576).toFixed(2)} MiB`);
