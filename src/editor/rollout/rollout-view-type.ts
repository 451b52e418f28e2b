/** The type under which the rollout panel's page is made, and restored after a restart of the editor. */
export const rolloutViewType = 'howdah.rollout';
