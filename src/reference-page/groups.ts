import type { Immutable, ShownOperation } from './swagger'

/** An operation in the list. */
export interface Listed {
  /** Of the address: `#/Tag/operationId`, as in any Swagger UI. */
  hash: string
  tag: string
  path: string
  method: string
  operation: ShownOperation
}

export interface Group {
  name: string
  operations: readonly Listed[]
}

/** One of the two APIs that the sandbox answers. */
export interface Api {
  title: string
  about: string
  groups: readonly Group[]
}

/** The tag of the control API. */
const controlTag = 'Sandbox'

interface Document {
  paths?: Record<string, Record<string, ShownOperation & { tags: readonly [string] }>>
  tags?: readonly { name: string }[]
}

const known = new WeakMap<Immutable, readonly Listed[]>()

/** All operations of the document, in the order of its tags. */
export function listOf(document: Immutable): readonly Listed[] {
  const found = known.get(document) ?? read(document.toJS() as Document)
  known.set(document, found)
  return found
}

function read({ paths = {}, tags = [] }: Document): readonly Listed[] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const [tag] = operation.tags
      return { hash: `#/${tag}/${operation.operationId}`, tag, path, method, operation }
    }),
  )
  return tags.flatMap(({ name }) => all.filter(({ tag }) => tag === name))
}

/** The operations that hold all words of `query`, by API and group. */
export function apisOf(all: readonly Listed[], query: string): readonly Api[] {
  const words = query.toLowerCase().split(/\s+/)
  const fitting = all.filter(({ path, method, operation, tag }) => {
    const text = `${method} ${path} ${operation.summary} ${operation.operationId} ${tag}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const isControl = ({ tag }: Listed) => tag === controlTag
  return [
    {
      title: "StackOne's API",
      about: 'Emulated: your client calls these. They need an API key.',
      groups: grouped(fitting.filter((each) => !isControl(each))),
    },
    {
      title: 'Sandbox control API',
      about: 'For tests and tools. StackOne has nothing like it.',
      groups: grouped(fitting.filter(isControl)),
    },
  ].filter(({ groups }) => groups.length > 0)
}

export const apiOf = ({ tag }: Pick<Listed, 'tag'>): string =>
  tag === controlTag ? 'Sandbox control API' : "StackOne's API"

/** The tag, or what a call of the control API is about: the first part of its path. */
export function groupOf({ tag, path }: Pick<Listed, 'tag' | 'path'>): string {
  if (tag !== controlTag) return tag
  const [, , subject = ''] = path.split('/')
  return subject === 'ats' ? 'ATS' : subject.charAt(0).toUpperCase() + subject.slice(1)
}

const grouped = (operations: readonly Listed[]): readonly Group[] =>
  [...new Set(operations.map(groupOf))].map((name) => {
    return { name, operations: operations.filter((each) => groupOf(each) === name) }
  })
