import * as tool from 'node-pg-migrate';
// oxlint-disable-next-line no-restricted-imports -- this is a program of its own, which connects by itself
import * as driver from 'pg';

export {driver, tool};
