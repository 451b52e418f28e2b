import * as z from 'zod/mini';

/** As much of the editor's `Memento` as is needed. */
interface Store {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Statements whose values are remembered; the one that was used least recently goes first. */
const most = 100;
const key = 'explain.parameters';

const Stored = z.array(z.object({fingerprint: z.string(), values: z.array(z.nullable(z.string()))}));

/** The values of a statement's placeholders, by number, as the user last gave them in this workspace. */
export function recallValues(memento: Store, fingerprint: string): readonly (string | null)[] {
  return read(memento).find(entry => entry.fingerprint === fingerprint)?.values ?? [];
}

export async function rememberValues(
  memento: Store,
  fingerprint: string,
  values: readonly (string | null)[],
): Promise<void> {
  const others = read(memento).filter(entry => entry.fingerprint !== fingerprint);
  await memento.update(key, [{fingerprint, values: [...values]}, ...others].slice(0, most));
}

function read(memento: Store): z.output<typeof Stored> {
  return Stored.safeParse(memento.get(key)).data ?? [];
}
