import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { indented } from '../indented'
import { type JsonLine, jsonLines, type Mark, marksByLine, unfolded } from '../json-lines'
import { counted } from '../words'
import { Code } from './code'
import { Copy } from './copy'

interface JsonProps {
  text: string
  /** The label for screen readers. */
  name: string
  /** What to say beside its values. */
  marks?: readonly Mark[]
}

/** A text: as a tree that folds if it is JSON. */
export function Json({ text, name, marks = [] }: JsonProps) {
  const lines = useMemo(() => jsonLines(text), [text])
  return lines === null ? (
    <Code text={indented(text)} name={name} />
  ) : (
    <JsonTree lines={lines} text={text} name={name} marks={marks} />
  )
}

/** Fewer lines than these need no search. */
const few = 8

function JsonTree({ lines, text, name, marks }: Required<JsonProps> & { lines: readonly JsonLine[] }) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set())
  const [current, setCurrent] = useState<number | null>(null)
  const [search, setSearch] = useState('')
  const tree = useRef<HTMLDivElement>(null)
  const seen = useMemo(() => unfolded(lines, folded), [lines, folded])
  const hits = useMemo(() => found(lines, search), [lines, search])
  const areHits = useMemo(() => new Set(hits), [hits])
  const marked = useMemo(() => marksByLine(lines, marks), [lines, marks])
  const shown = current !== null && seen.includes(current) ? current : 0

  useEffect(() => {
    const first = tree.current?.querySelector<HTMLElement>('.marked')
    // Only the tree scrolls, not the pane that it is in.
    if (tree.current && first) tree.current.scrollTop = first.offsetTop - tree.current.offsetTop - 60
  }, [marked])
  useEffect(() => {
    if (hits.length > 0) goTo(hits[0] ?? 0)
  }, [hits])
  useEffect(() => {
    if (search !== '') tree.current?.querySelector('.current')?.scrollIntoView({ block: 'nearest' })
  }, [search, current])

  /** Selects a line, and unfolds what holds it. */
  function goTo(index: number) {
    setCurrent(index)
    setFolded((before) => new Set([...before].filter((i) => index <= i || index > (lines[i]?.end ?? i))))
  }
  function fold(index: number, isFolded: boolean) {
    if (lines[index]?.kind !== 'open') return
    setFolded((before) => {
      const after = new Set(before)
      if (isFolded) after.add(index)
      else after.delete(index)
      return after
    })
  }
  function focus(index: number | undefined) {
    if (index === undefined) return
    setCurrent(index)
    tree.current?.querySelector<HTMLElement>(`[data-line="${String(index)}"]`)?.focus()
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const values = seen.filter((index) => lines[index]?.kind !== 'close')
    const at = values.indexOf(shown)
    const act = {
      ArrowDown: () => {
        focus(values[at + 1])
      },
      ArrowUp: () => {
        focus(values[at - 1])
      },
      ArrowRight: () => {
        fold(shown, false)
      },
      ArrowLeft: () => {
        fold(shown, true)
      },
      Enter: () => {
        fold(shown, !folded.has(shown))
      },
    }[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  const next = () => {
    if (hits.length > 0) goTo(hits[(hits.indexOf(shown) + 1) % hits.length] ?? 0)
  }
  const isAllFolded = folded.size > 0
  const path = lines[shown]?.path ?? ''

  return (
    <div class="code json" role="group" aria-label={name}>
      <div class="json-tools">
        {lines.length > few && (
          <>
            <input
              type="search"
              aria-label={`Search in ${name}`}
              placeholder="Search"
              value={search}
              onInput={({ currentTarget }) => {
                setSearch(currentTarget.value)
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter') next()
                if (event.key !== 'Escape' || search === '') return
                event.preventDefault()
                setSearch('')
              }}
            />
            <span role="status" class="quiet">
              {search !== '' &&
                (hits.includes(shown) ? `${String(hits.indexOf(shown) + 1)} of ${String(hits.length)}` : 'None')}
            </span>
            <button
              type="button"
              class="small"
              onClick={() => {
                setFolded(
                  new Set(
                    isAllFolded ? [] : lines.flatMap(({ kind, depth }, i) => (kind === 'open' && depth > 0 ? [i] : [])),
                  ),
                )
              }}
            >
              {isAllFolded ? 'Unfold all' : 'Fold all'}
              <span class="unseen"> of {name}</span>
            </button>
          </>
        )}
        {path !== '' && (
          <>
            <code class="clipped">{path}</code>
            <Copy text={path} label="Copy path" of={`of ${name}`} />
          </>
        )}
        <Copy text={text} of={name} />
      </div>
      <div class="json-tree" role="tree" aria-label="JSON" ref={tree} onKeyDown={onKeyDown}>
        {seen.map((index) => {
          const line = lines[index]
          return (
            line && (
              <Line
                key={index}
                line={line}
                index={index}
                isFolded={folded.has(index)}
                isCurrent={index === current}
                isReached={index === shown}
                isHit={areHits.has(index)}
                marks={marked.get(index) ?? noMarks}
                choose={() => {
                  if (index === current) fold(index, !folded.has(index))
                  setCurrent(index)
                }}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

const noMarks: readonly Mark[] = []

interface LineProps {
  line: JsonLine
  index: number
  isFolded: boolean
  isCurrent: boolean
  /** Whether the Tab key reaches it. */
  isReached: boolean
  isHit: boolean
  marks: readonly Mark[]
  choose: () => void
}

function Line({ line, index, isFolded, isCurrent, isReached, isHit, marks, choose }: LineProps) {
  const { kind, depth, name, text, size, hasComma } = line
  const indent = '  '.repeat(depth)
  const comma = hasComma ? ',' : ''
  if (kind === 'close') {
    return (
      <div aria-hidden="true">
        {indent}
        {text}
        {comma}
      </div>
    )
  }
  const isOpen = kind === 'open'
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={isOpen ? !isFolded : undefined}
      aria-selected={isCurrent}
      tabIndex={isReached ? 0 : -1}
      class={[
        isOpen && (isFolded ? 'folds folded-up' : 'folds'),
        isCurrent && 'current',
        marks[0] && `marked ${marks[0].tone}`,
      ]
        .filter(Boolean)
        .join(' ')}
      data-line={index}
      onClick={choose}
    >
      {indent}
      <span class={isHit ? 'hit' : undefined}>
        {name && <span class="name">{name}</span>}
        {name && ': '}
        <span class={kind}>{text}</span>
      </span>
      {isFolded && (
        <>
          <span class="quiet">
            {' '}
            {counted(size, text === '[' ? 'entry' : 'property', text === '[' ? 'entries' : 'properties')}{' '}
          </span>
          {text === '[' ? ']' : '}'}
        </>
      )}
      {(!isOpen || isFolded) && comma}
      {marks.length > 0 && (
        <span class="mark" dir="auto">
          {marks.map(({ text }) => text).join('; ')}
        </span>
      )}
    </div>
  )
}

/** The lines that hold `search`. */
function found(lines: readonly JsonLine[], search: string): number[] {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return []
  return lines.flatMap(({ kind, name, text }, i) =>
    kind !== 'close' && `${name}: ${text}`.toLowerCase().includes(wanted) ? [i] : [],
  )
}
