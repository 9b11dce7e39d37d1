interface Token {
  kind: 'name' | 'string' | 'number' | 'literal' | undefined
  text: string
}

const pattern = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b|[^"\dtfn-]+|./g

/** Of more, the browser would be busy for seconds. */
const mostColoured = 100_000

/** The parts of a JSON text; everything else is one plain part. */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > mostColoured || !/^\s*[[{]/.test(text)) return [{ kind: undefined, text }]
  return [...text.matchAll(pattern)].map(([all, string, colon]) => {
    if (string !== undefined) return { kind: colon === undefined ? 'string' : 'name', text: all }
    if (/^-?\d/.test(all)) return { kind: 'number', text: all }
    return { kind: /^(?:true|false|null)$/.test(all) ? 'literal' : undefined, text: all }
  })
}
