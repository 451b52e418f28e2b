import {afterAll, beforeAll, expect, it} from 'vitest';
import {steps} from '../rig/vscode-steps.ts';
import {createWorkspace, type Workspace} from '../rig/vscode-workspace.ts';
import {startVsCode, type VsCode} from '../rig/vscode.ts';

const wait = {timeout: 60_000};
const create = 'CREATE TABLE a (id int);';
/** Two files of one version, of which only the history tells. */
const first = 'dbmate/migrations/20240501120000_mate_one.sql';
const second = 'dbmate/migrations/20240501120000_mate_two.sql';
const text = `-- migrate:up\n${create}\n-- migrate:down\n`;

let workspace: Workspace;
let code: VsCode;

steps('restricted-histories', () => code);

beforeAll(async () => {
  workspace = await createWorkspace({[first]: text, [second]: text});
  code = await startVsCode({workspace: workspace.path, trusted: false, theme: 'dark'});
});

afterAll(async () => {
  await code?.stop();
  await workspace?.dispose();
});

const problems = async (): Promise<string> => (await code.problems()).join('\n');
const nameOf = (path: string): string => path.split('/').at(-1) ?? path;

it('knows what stands around a migration in a folder that is not trusted', async () => {
  await code.openFile(nameOf(first));
  await expect.poll(problems, wait).toContain(`as ${nameOf(second)}`);
});
