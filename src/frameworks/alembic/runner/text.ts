import {actions} from './actions.ts';
import {errors} from './errors.ts';
import {setup} from './setup.ts';

/**
 * What the project's own Python runs: it drives the project's own Alembic and tells what happens as lines of JSON on
 * the stream that was its standard output; what `env.py` prints goes to the standard error. It reads one request, and `go`
 * or `stop` wherever it says that it waits.
 *
 * No connection is used before a lock that Howdah holds in the target database was seen through it.
 */
export const runnerText = [setup, actions, errors].join('\n');
