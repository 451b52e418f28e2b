/** Of the editor, which restores panels by it. */
export const indexViewType = 'howdah.indexes';
