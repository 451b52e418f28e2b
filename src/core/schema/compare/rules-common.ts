import type {AttributeValue} from '../attributes.ts';
import {information, warning, type AttributeRule, type Change} from './rule.ts';

/** A grant too few breaks a program, one too many opens a door: widest for everybody. */
function severityOfGrants({expected, live}: Change): 'error' | 'warning' {
  const before = grantsIn(expected);
  const after = grantsIn(live);
  const isLost = [...before].some(grant => !after.has(grant));
  const isPublic = [...after].some(grant => !before.has(grant) && grant.startsWith('PUBLIC '));
  return isLost || isPublic ? 'error' : 'warning';
}

function grantsIn(value: AttributeValue | undefined): ReadonlySet<string> {
  if (typeof value !== 'object' || Array.isArray(value)) return new Set();
  return new Set(
    Object.entries(value).flatMap(([grantee, privileges]) =>
      [privileges].flat().map(privilege => `${grantee} ${privilege}`),
    ),
  );
}

export const owner = information('Owner', {roles: 'name'});
export const comment = information('Comment');
export const privileges: AttributeRule = {
  label: 'Privileges',
  severity: severityOfGrants,
  roles: 'grantees',
  absent: 'PostgreSQL’s default',
};
export const securityLabels = information('Security labels');
export const dependsOnExtensions = information('Extensions it depends on', {unordered: true});

export const common = {owner, comment, privileges, securityLabels, dependsOnExtensions};

export const stored = {
  accessMethod: information('Access method', {absent: 'heap'}),
  tablespace: information('Tablespace', {absent: 'the database’s own'}),
  options: information('Storage parameters'),
  toastOptions: information('Storage parameters of TOAST'),
  clusterOn: information('Index of CLUSTER ON'),
};

export const enabled = warning('Firing', {absent: 'enabled'});
