import type {Handler} from '../commands/commands.ts';
import type {Parts} from '../parts.ts';

type ReshapeCommand = `howdah.migrations.${'baseline' | 'convert' | 'squash'}`;

/** @returns the handlers of what makes a history another one. Each loads what it needs on first use. */
export function reshapeCommands(parts: Parts): Readonly<Record<ReshapeCommand, Handler>> {
  return {
    'howdah.migrations.baseline': async argument => {
      const {baseline} = await import('./baseline-command.ts');
      await baseline(parts, argument);
    },
    'howdah.migrations.convert': async argument => {
      const {convert} = await import('./convert-command.ts');
      await convert(parts, argument);
    },
    'howdah.migrations.squash': async argument => {
      const {squash} = await import('./squash-command.ts');
      await squash(parts, argument);
    },
  };
}
