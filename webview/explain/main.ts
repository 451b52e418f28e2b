import {createClient} from '../../src/protocol/channel.ts';
import {explainContract} from '../../src/protocol/explain-panel.ts';
import {port} from '../channel.ts';

const client = createClient(explainContract, {changed: () => {}}, port, problem =>
  console.warn('Howdah plan panel', problem),
);

await client.request('ready', null);
