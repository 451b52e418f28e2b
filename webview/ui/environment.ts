import type {Environment} from '../../src/core/connections/connection.ts';
import {element} from './element.ts';
import {icon} from './icon.ts';

const icons = {development: 'flask', staging: 'info', production: 'shield'} as const;

/** The badge that tells a connection's environment, by its colour, its icon and its word. */
export function environmentSign(environment: Environment, text: string): HTMLElement {
  return element('span', {class: `environment environment-${environment}`}, icon(icons[environment]), text);
}
