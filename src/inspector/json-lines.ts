/** A line of indented JSON. */
export interface JsonLine {
  /** How JavaScript reaches the value from the whole: `candidate.emails[0]`; empty for the whole. */
  readonly path: string
  /** Its place as warnings and violations name it: `/candidate/emails/0`. */
  readonly pointer: string
  readonly depth: number
  /** The name before the value, with its quotes; empty in a list. */
  readonly name: string
  /** The value, or the bracket that it begins with. */
  readonly text: string
  readonly kind: 'string' | 'number' | 'literal' | 'open' | 'close'
  /** The index of the line that closes it; its own if it is a single line. */
  readonly end: number
  /** How many values it holds. */
  readonly size: number
  readonly hasComma: boolean
}

/** More lines would make the page slow. */
const most = 3_000

/** The lines of an object or a list in JSON; null for any other text, and for one that is too long. */
export function jsonLines(text: string): readonly JsonLine[] | null {
  const whole = parsed(text)
  if (typeof whole !== 'object' || whole === null) return null
  const lines: JsonLine[] = []
  add(lines, whole, { path: '', pointer: '', depth: 0, name: '', hasComma: false })
  return lines.length > most ? null : lines
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function add(
  lines: JsonLine[],
  value: unknown,
  place: Pick<JsonLine, 'path' | 'pointer' | 'depth' | 'name' | 'hasComma'>,
): void {
  if (lines.length > most) return
  const isList = Array.isArray(value)
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (inner.length === 0) {
    const kind = typeof value === 'string' || typeof value === 'number' ? typeof value : 'literal'
    lines.push({ ...place, text: JSON.stringify(value), kind: kind as JsonLine['kind'], end: lines.length, size: 0 })
    return
  }
  const at = lines.length
  const open: JsonLine = { ...place, text: isList ? '[' : '{', kind: 'open', end: 0, size: inner.length }
  lines.push(open)
  inner.forEach(([name, each], i) => {
    add(lines, each, {
      path: place.path + (isList ? `[${name}]` : step(name, place.path)),
      pointer: `${place.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      depth: place.depth + 1,
      name: isList ? '' : JSON.stringify(name),
      hasComma: i < inner.length - 1,
    })
  })
  const end = lines.length
  lines[at] = { ...open, end }
  lines.push({ ...place, name: '', text: isList ? ']' : '}', kind: 'close', end, size: 0 })
}

function step(name: string, before: string): string {
  if (!/^[\p{L}_$][\p{L}\d_$]*$/u.test(name)) return `[${JSON.stringify(name)}]`
  return before === '' ? name : `.${name}`
}

/** The lines that are seen while those at `folded` are. */
export function unfolded(lines: readonly JsonLine[], folded: ReadonlySet<number>): number[] {
  const seen: number[] = []
  for (let i = 0; i < lines.length; i++) {
    seen.push(i)
    if (folded.has(i)) i = lines[i]?.end ?? i
  }
  return seen
}

/** Something to say about a value, by its pointer. */
export interface Mark {
  readonly pointer: string
  readonly text: string
  readonly tone: 'bad' | 'busy'
}

/** The marks by the line that each is about. One about a value that is missing is at what should hold it. */
export function marksByLine(lines: readonly JsonLine[], marks: readonly Mark[]): ReadonlyMap<number, readonly Mark[]> {
  const indexes = new Map(lines.flatMap(({ kind, pointer }, i) => (kind === 'close' ? [] : [[pointer, i] as const])))
  const marked = new Map<number, Mark[]>()
  for (const mark of marks) {
    let { pointer } = mark
    while (!indexes.has(pointer)) pointer = pointer.slice(0, pointer.lastIndexOf('/'))
    const index = indexes.get(pointer) ?? 0
    marked.set(index, [...(marked.get(index) ?? []), mark])
  }
  return marked
}
