/**
 * Whether `value` is text that UTF-8 can write, which half of a surrogate pair is not. As an identifier, two such halves
 * would become the same one wherever they are written.
 */
export const isText = (value: string): boolean => !/\p{Surrogate}/u.test(value)

/** What is wrong with what is none. */
export const noText = 'must be text: half of a surrogate pair (\\ud800 to \\udfff) is none'
