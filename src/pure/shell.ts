/** One argument of a POSIX shell: nothing in single quotes has a meaning, and a quote itself is put outside of them. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
