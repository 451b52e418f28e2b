/** The type under which the rehearsal panel's page is made, and restored after a restart of the editor. */
export const rehearsalViewType = 'howdah.rehearsal';
