/** The server's clock at the last look. */
export const at = Date.UTC(2026, 10, 21, 14, 5, 12);
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
export const MB = 1024 ** 2;
export const GB = 1024 ** 3;
