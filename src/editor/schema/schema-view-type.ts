/** The type under which the schema panel's page is made, and restored after a restart of the editor. */
export const schemaViewType = 'howdah.schema';
