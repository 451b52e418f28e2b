import type {ReplicationPart} from '../../src/core/health/parts/writing.ts';
import {formatBytes, formatRows} from '../../src/core/explain/words.ts';
import type {Child} from '../ui/element.ts';
import {element} from '../ui/element.ts';
import {block, factList, smallTable, worth} from './block.ts';
import {ago, duration} from './format.ts';
import {readAt, seen} from './model.ts';
import type {Panel, Part} from './panel.ts';

export function replicationBlock(panel: Panel): Part {
  return block(panel, {
    title: 'Replication',
    parts: ['replication'],
    area: 'replication',
    content: ({reading}) => {
      const part = seen(reading, 'replication');
      if (part === undefined) return [];
      const now = readAt(reading, 'replication');
      const parts = [standby(part, now), receivers(part), slots(part, now), subscriptions(part, now)];
      const shown = parts.filter(one => one !== undefined);
      return shown.length > 0
        ? shown
        : [element('p', {class: 'faint'}, 'Nothing is replicated from or to this server.')];
    },
  });
}

function standby({standby}: ReplicationPart, now: number): HTMLElement | undefined {
  if (standby === undefined) return undefined;
  const {sender, streaming, replayLag, lastReplayedAt, paused, conflicts} = standby;
  return factList(
    ['Receives from', sender ?? 'not known'],
    [
      'State',
      worth(paused ? 'replay is paused' : streaming ? 'streaming' : 'not streaming', paused || !streaming),
    ],
    ['Not replayed', replayLag === undefined ? undefined : formatBytes(replayLag)],
    ['Last transaction', ago(lastReplayedAt, now)],
    ['Queries cancelled', worth(formatRows(conflicts), conflicts > 0), 'By replay, in this database'],
  );
}

function bytes(value: number | undefined): string {
  return value === undefined ? '' : formatBytes(value);
}

function receivers({receivers}: ReplicationPart): HTMLElement | undefined {
  if (receivers.length === 0) return undefined;
  const heads = [
    'Receiver',
    'Client',
    'State',
    'Synchronous',
    {text: 'Not sent', figure: true},
    {text: 'Not flushed', figure: true},
    {text: 'Not replayed', figure: true},
    {text: 'Replay lag', figure: true},
  ] as const;
  return smallTable(
    'Receivers',
    heads,
    receivers.map(({application, client, state, sync, sentLag, flushLag, replayLag, replayLagMs}) => [
      application,
      client ?? 'local',
      worth(state ?? '', state !== undefined && state !== 'streaming'),
      sync ?? '',
      bytes(sentLag),
      bytes(flushLag),
      bytes(replayLag),
      replayLagMs === undefined ? '' : duration(replayLagMs),
    ]),
  );
}

function slots({slots}: ReplicationPart, now: number): HTMLElement | undefined {
  if (slots.length === 0) return undefined;
  const heads = [
    'Slot',
    'Kind',
    'State',
    {text: 'Keeps WAL', figure: true},
    'WAL',
    {text: 'Until lost', figure: true},
    {text: 'Holds back', figure: true},
  ] as const;
  return smallTable(
    'Replication slots',
    heads,
    slots.map(
      ({
        name,
        kind,
        plugin,
        active,
        retained,
        walStatus,
        safe,
        xminAge,
        inactiveSince,
        invalidation,
      }): readonly Child[] => [
        name,
        plugin === undefined ? kind : `${kind}, ${plugin}`,
        invalidation === undefined
          ? worth(
              active
                ? 'active'
                : `inactive${inactiveSince === undefined ? '' : ` for ${duration(now - inactiveSince)}`}`,
              !active,
            )
          : worth(`lost: ${invalidation}`, true),
        bytes(retained),
        worth(walStatus ?? '', walStatus === 'unreserved' || walStatus === 'lost'),
        bytes(safe),
        xminAge === undefined ? '' : formatRows(xminAge),
      ],
    ),
  );
}

function subscriptions({subscriptions}: ReplicationPart, now: number): HTMLElement | undefined {
  if (subscriptions.length === 0) return undefined;
  const heads = [
    'Subscription',
    'State',
    'Last message',
    {text: 'Apply errors', figure: true},
    {text: 'Sync errors', figure: true},
  ] as const;
  return smallTable(
    'Subscriptions',
    heads,
    subscriptions.map(({name, enabled, running, lastMessageAt, applyErrors = 0, syncErrors = 0}) => [
      name,
      worth(enabled ? (running ? 'running' : 'not running') : 'disabled', !enabled || !running),
      ago(lastMessageAt, now),
      worth(formatRows(applyErrors), applyErrors > 0),
      worth(formatRows(syncErrors), syncErrors > 0),
    ]),
  );
}
