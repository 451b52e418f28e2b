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
    const before = known.get(subject);
    if (before) return before.value;
    const value = make(subject);
    known.set(subject, {value});
    return value;
  };
}
