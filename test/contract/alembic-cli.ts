import {execFile, spawn} from 'node:child_process';
import {createInterface} from 'node:readline';

/** Alembic's own commands in one long-lived process, because each start of Python costs half a second. */
export interface AlembicCli {
  /**
   * Runs `upgrade`, `downgrade`, `stamp` (with `--purge`) or `current`.
   * @param target as the command line takes it; several for a stamp
   */
  run(command: string, url: string, target: readonly string[]): Promise<CliAnswer>;
  stop(): void;
}

export interface CliAnswer {
  /** What it ran, in order. */
  readonly steps: readonly string[];
  readonly heads: readonly string[];
  readonly error: string | null;
}

const driver = String.raw`
import json, os, sys, logging
channel = os.fdopen(os.dup(1), "w"); os.dup2(2, 1)
from alembic import command
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
for line in sys.stdin:
    asked = json.loads(line)
    config = Config("alembic.ini")
    config.set_main_option("sqlalchemy.url", asked["url"])
    answer = {"steps": [], "heads": [], "error": None}
    class Steps(logging.Handler):
        def emit(self, record):
            step = record.args[0] if record.args else None
            if hasattr(step, "revision"):
                answer["steps"].append(step.revision.revision)
    log = logging.getLogger("alembic.runtime.migration")
    log.handlers, log.propagate = [Steps()], False
    log.setLevel(logging.INFO)
    try:
        if asked["command"] == "stamp":
            command.stamp(config, asked["target"], purge=True)
        elif asked["command"] == "current":
            script = ScriptDirectory.from_config(config)
            def heads(found, context):
                answer["heads"] = list(found)
                return []
            with EnvironmentContext(config, script, fn=heads, dont_mutate=True):
                script.run_env()
        else:
            getattr(command, asked["command"])(config, asked["target"][0])
    except BaseException as error:
        answer["error"] = "%s: %s" % (type(error).__name__, error)
    channel.write(json.dumps(answer) + "\n"); channel.flush()
`;

/** For `runAnew`: takes the address from the environment where it is there, and tells what runs. */
export const envForAnew = `import logging, os
from alembic import context
logging.basicConfig(format="%(message)s")
logging.getLogger("alembic.runtime.migration").setLevel(logging.INFO)
if os.environ.get("HOWDAH_TEST_URL"):
    context.config.set_main_option("sqlalchemy.url", os.environ["HOWDAH_TEST_URL"])
`;

/**
 * The real command line, started for this one command. An `env.py` that begins with `envForAnew` reads the address.
 * @param folder of `alembic.ini`
 */
export async function runAnew(
  folder: string,
  {
    command,
    url,
    target,
  }: {readonly command: string; readonly url: string; readonly target: readonly string[]},
): Promise<CliAnswer> {
  const stamp = command === 'stamp' ? ['--purge'] : [];
  const env = {...process.env, HOWDAH_TEST_URL: url};
  const [error, stderr] = await new Promise<readonly [string | null, string]>(resolve => {
    execFile(
      '/usr/bin/alembic',
      [command, ...stamp, ...target],
      {cwd: folder, env},
      (failed, _stdout, text) => resolve([failed?.message ?? null, text]),
    );
  });
  const running = /^Running (upgrade|downgrade) (.*?) ?-> ?([^,\n]*)/gm;
  const steps = [...stderr.matchAll(running)].map(([, kind, from = '', to = '']) =>
    kind === 'upgrade' ? to : from,
  );
  return {steps, heads: [], error};
}

/** @param folder of `alembic.ini` */
export function startCli(folder: string, python = '/usr/bin/python3'): AlembicCli {
  const child = spawn(python, ['-c', driver], {cwd: folder, stdio: ['pipe', 'pipe', 'ignore']});
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  return {
    run: async (command, url, target) => {
      child.stdin.write(`${JSON.stringify({command, url, target})}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error('Alembic has ended');
      const answer: CliAnswer = JSON.parse(line.value);
      return answer;
    },
    stop: () => void child.kill(),
  };
}
