/**
 * An expression for an object's comment. `obj_description` says the same, but it is a function in SQL that the
 * planner does not inline here: for a page of 200 tables it took most of the time.
 * @param oid an expression
 * @param catalog the system catalog that the oid belongs to
 * @param part an expression for the number of a column; 0, which stands for the object itself, unless given
 */
export function commentOf(oid: string, catalog: string, part = '0'): string {
  return `(SELECT described.description FROM pg_catalog.pg_description AS described
    WHERE described.objoid = ${oid} AND described.classoid = 'pg_catalog.${catalog}'::pg_catalog.regclass
      AND described.objsubid = ${part})`;
}
