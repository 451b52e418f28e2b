import * as z from 'zod/mini';

/** Shapes of what is read of a server: rows are parsed once where they arrive, and again where a page gets them. */
export const record = <S extends z.core.$ZodLooseShape>(shape: S) => z.readonly(z.object(shape));
export const list = <S extends z.ZodMiniType>(item: S) => z.readonly(z.array(item));
export const maybe = <S extends z.ZodMiniType>(item: S) => z.exactOptional(item);
export const text = z.string();
export const flag = z.boolean();
/** A count, a number of bytes, or a share between 0 and 1. */
export const amount = z.number();
/** Milliseconds. */
export const duration = z.number();
/** Milliseconds since 1970 by the server's clock. */
export const moment = z.number();
/** An oid; PostgreSQL's are unsigned and fit a number. */
export const oid = z.number();
