import type {Connection} from '../../core/connections/connection.ts';
import type {AssessOptions} from '../../core/health/assess.ts';
import {areas} from '../../core/health/finding.ts';
import {settings} from '../settings.ts';

/** Of the embedded server: it is set up to be thrown away, and nobody but its owner reaches it. */
const ofTheEmbedded = areas.filter(area => area !== 'settings' && area !== 'security');

/** @returns what is looked at on a connection, and what the user told of its server */
export function assessOptions({source}: Connection): Pick<AssessOptions, 'areas' | 'memoryBytes' | 'off'> {
  return {...settings.health(), ...(source.kind === 'playground' ? {areas: ofTheEmbedded} : {})};
}
