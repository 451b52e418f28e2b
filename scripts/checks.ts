import {checkPages, writePages} from './pages/keep-pages.ts';
import {checkPagesByName} from './checks/pages.ts';

const generated = {pages: checkPagesByName(), folder: 'checks', script: 'checks'};
await (process.argv[2] === '--check' ? checkPages(generated) : writePages(generated));
