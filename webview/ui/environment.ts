import type {Environment} from '../../src/core/connections/connection.ts';
import {element} from './element.ts';
import {icon} from './icon.ts';

const names = {development: 'Development', staging: 'Staging', production: 'Production'} as const;
const icons = {development: 'flask', staging: 'info', production: 'shield'} as const;

/** The badge that tells a connection's environment, by its colour, its icon and its word. */
export function environmentSign(environment: Environment): HTMLElement {
  const look = `environment environment-${environment}`;
  return element('span', {class: look}, icon(icons[environment]), names[environment]);
}
