import type {Connection} from '../../core/connections/connection.ts';
import {describeTarget} from '../../core/connections/url.ts';
import type {ConnectionView} from '../../protocol/health-model.ts';

/** @returns a connection as the panels show it */
export function connectionView({id, name, environment, settings, readOnly}: Connection): ConnectionView {
  return {id, name, environment, readOnly, address: describeTarget(settings)};
}
