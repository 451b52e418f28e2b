import type {BuiltStep, Site} from './job.ts';
import type {Builder, MigrationObject, MigrationPrototype} from './library.ts';
import {siteIn} from './sites.ts';

/** What one migration is doing. */
export interface Watched {
  readonly name: string;
  readonly path: string;
  /** Where in the file each query was first asked for, by its text. */
  readonly sites: Map<string, Site>;
  steps: readonly BuiltStep[];
  transaction: boolean;
  usesDatabase: boolean;
}

export interface Watcher {
  /** Throws to keep it from running. */
  started(migration: Watched): void;
  finished(migration: Watched): void;
  /** What `pgm.db` does instead of asking the server; it asks the server without. */
  readonly instead?: () => never;
}

/** Watches the tool at work: it applies each migration by a method of its class, in whatever version. */
export function watch(prototype: MigrationPrototype, watcher: Watcher): void {
  const {apply, _apply: applyAction} = prototype;
  let now: Watched | undefined;
  prototype.apply = async function (this: MigrationObject, direction) {
    now = {
      name: this.name,
      path: this.path,
      sites: new Map(),
      steps: [],
      transaction: true,
      usesDatabase: false,
    };
    watcher.started(now);
    const result = await apply.call(this, direction);
    watcher.finished(now);
    return result;
  };
  prototype._apply = function (this: MigrationObject, action, pgm) {
    return applyAction.call(this, action, now === undefined ? pgm : observed(pgm, now, watcher));
  };
}

/** The builder as it is, except that each call remembers where it was made. */
function observed(pgm: Builder, migration: Watched, watcher: Watcher): Builder {
  return new Proxy(pgm, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (name === 'db') return watcher.instead === undefined ? value : refusing(migration, watcher.instead);
      if (name === 'getSqlSteps') return () => stepsOf(target, migration);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const result: unknown = Reflect.apply(value, target, given);
        const site = siteIn(new Error('here').stack, migration.path);
        for (const sql of target.getSqlSteps())
          if (site !== undefined && !migration.sites.has(sql)) migration.sites.set(sql, site);
        // What is returned for chaining has to be observed as well.
        return result === target ? observed(pgm, migration, watcher) : result;
      };
    },
  });
}

function stepsOf(target: Builder, migration: Watched): string[] {
  const steps = target.getSqlSteps();
  migration.transaction = target.isUsingTransaction();
  migration.steps = steps.map(sql => {
    const site = migration.sites.get(sql);
    return site === undefined ? {sql} : {sql, site};
  });
  return steps;
}

function refusing(migration: Watched, instead: () => never): object {
  const refuse = (): never => {
    migration.usesDatabase = true;
    return instead();
  };
  return {query: refuse, select: refuse};
}
