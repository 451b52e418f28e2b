/**
 * Rules ask the same of a statement, a situation or a file, and a statement stays the same object while others around it
 * are edited. The value is kept at the object, out of sight of spreading and comparing: with thousands of entries in a
 * WeakMap, V8's collector halts everything for up to a tenth of a second to find out which of them are still needed.
 * @returns what computes something for an object once; it is forgotten with the object
 */
export function onceFor<Subject extends object, Value>(
  make: (subject: Subject) => Value,
): (subject: Subject) => Value {
  const key = Symbol('once');
  const isKnown = (subject: Subject): subject is Subject & {readonly [key]: Value} =>
    Object.hasOwn(subject, key);
  return subject => {
    if (isKnown(subject)) return subject[key];
    const value = make(subject);
    Object.defineProperty(subject, key, {value});
    return value;
  };
}
