import {afterAll} from 'vitest';
import {
  createStageKeeper,
  type StageKeeper,
  type StageKeeperOptions,
} from '../../src/embedded/stage/keeper.ts';
import {openSession} from '../../src/postgres/connect.ts';
import {openOptions} from '../rig/sessions.ts';
import {useRig} from './rig.ts';

export interface StageRig {
  keeper(options?: Partial<StageKeeperOptions>): StageKeeper;
  /** The one of a test file whose tests do not harm it. */
  shared(): StageKeeper;
}

/** Keepers of the embedded server on which histories are replayed; all are disposed of at the end. */
export function useStage(): StageRig {
  const rig = useRig();
  let keepers: readonly StageKeeper[] = [];
  let common: StageKeeper | undefined;
  const keeper: StageRig['keeper'] = options => {
    const made = createStageKeeper({
      serverScript: rig.serverScript(),
      open: (settings, password, signal) =>
        openSession(settings, {
          ...openOptions,
          ...(password === undefined ? {} : {password}),
          ...(signal === undefined ? {} : {signal}),
        }),
      ...options,
    });
    keepers = [...keepers, made];
    return made;
  };
  afterAll(async () => {
    await Promise.all(keepers.map(each => each.dispose()));
  });
  return {keeper, shared: () => (common ??= keeper())};
}
