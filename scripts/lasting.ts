import {tmpdir} from 'node:os';

/** For what takes seconds to make and serves many runs: on the disk, even where temporary files are in memory. */
export const lasting = process.platform === 'win32' ? tmpdir() : '/var/tmp';
