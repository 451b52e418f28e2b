/** Where the bookkeeping of an unquoted name lives; NULL when no schema of `search_path` exists. All versions. */
export const currentSchemaSql = 'SELECT current_schema() AS schema';
