/** The type under which the run panel's page is made, and restored after a restart of the editor. */
export const runViewType = 'howdah.run';
