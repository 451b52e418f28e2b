import * as z from 'zod/mini';
import {nothing} from './channel.ts';
import {PlaceView, RehearsalChange, RehearsalView} from './rehearsal-view.ts';

/** The view, and the host's clock at the time of sending. */
const Snapshot = z.readonly(z.object({view: RehearsalView, now: z.number()}));

const OpenPlace = z.discriminatedUnion('kind', [
  /** Without a place the up file, from its beginning. */
  z.object({kind: z.literal('step'), step: z.int(), place: z.nullable(PlaceView)}),
  /** Where the history does not run. */
  z.object({kind: z.literal('stop')}),
]);

/** The report of a rehearsal, which fills while it runs. The page never names a path. */
export const rehearsalContract = {
  requests: {
    ready: {params: nothing, result: Snapshot},
    cancel: {params: nothing, result: nothing},
    /** Rehearses the same migrations once more, in the same place. */
    again: {params: nothing, result: nothing},
    /** Somewhere else; each asks before it does anything on a server. */
    rehearseOn: {params: z.object({where: z.enum(['embedded', 'scratch', 'server'])}), result: nothing},
    /** Asks for a connection, whose sizes and traffic then are in the report. */
    chooseConnection: {params: nothing, result: nothing},
    /** Looks whether the rows of today fit the new constraints; null for all steps. */
    checkLiveData: {params: z.object({step: z.nullable(z.int())}), result: nothing},
    open: {params: OpenPlace, result: nothing},
    copy: {params: nothing, result: nothing},
    save: {params: z.object({kind: z.enum(['markdown', 'json'])}), result: nothing},
    /** Leads to the plan, which asks for its own confirmation. */
    apply: {params: nothing, result: nothing},
  },
  events: {
    /** Another rehearsal in the same panel. */
    replaced: Snapshot,
    /** In order; several at once when they come fast. */
    changed: z.readonly(z.array(RehearsalChange)),
  },
} as const;

export type RehearsalContract = typeof rehearsalContract;
export type OpenPlace = z.output<typeof OpenPlace>;
