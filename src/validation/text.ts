/**
 * Whether UTF-8 can encode `value`. It cannot encode half of a surrogate pair: two ids that differ in such halves would
 * become the same id wherever they are written.
 */
export const isText = (value: string): boolean => !/\p{Surrogate}/u.test(value)

/** What is wrong with a value that UTF-8 cannot encode. */
export const noText = 'must be text: half of a surrogate pair (\\ud800 to \\udfff) is not text'

/** A sentence for each id in `record` that is not text. `place` is that of the record. */
export const idsWithoutText = (record: object | null | undefined, place: string): string[] =>
  Object.entries(record ?? {})
    .filter(([name, value]) => ['id', 'remote_id'].includes(name) && typeof value === 'string' && !isText(value))
    .map(([name]) => `${place}/${name} ${noText}`)
