/**
 * Rules ask the same of a statement, a situation or a file, and a statement stays the same object while others around it
 * are edited.
 * @returns what computes something for an object once; it is forgotten with the object
 */
export function onceFor<Subject extends object, Value>(
  make: (subject: Subject) => Value,
): (subject: Subject) => Value {
  const known = new WeakMap<Subject, {readonly value: Value}>();
  return subject => {
    const made = known.get(subject) ?? {value: make(subject)};
    known.set(subject, made);
    return made.value;
  };
}
