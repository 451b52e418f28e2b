/** The type under which the plan panel's page is made, and restored after a restart of the editor. */
export const explainViewType = 'howdah.explain';
