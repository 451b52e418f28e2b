/** Of the editor, which restores panels by it. */
export const healthViewType = 'howdah.health';
