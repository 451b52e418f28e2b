import type {Handlers} from '../commands/commands.ts';
import type {Parts} from '../parts.ts';

/** @returns the handlers of what only Alembic has. */
export function alembicCommands(parts: Parts): Handlers<'alembic'> {
  return {
    'howdah.alembic.mergeHeads': async argument => {
      const {mergeAllHeads} = await import('./merge-heads.ts');
      await mergeAllHeads(parts, argument);
    },
    'howdah.alembic.autogenerate': async argument => {
      const {autogenerateRevision} = await import('./autogenerate.ts');
      await autogenerateRevision(parts, argument);
    },
  };
}
