/** An action of Swagger UI. */
type Action = (...args: never[]) => unknown

interface SpecSystem {
  specActions: {
    updateJsonSpec: (document: object) => unknown
    updateResolvedSubtree: (path: readonly string[], value: unknown) => unknown
  }
  specSelectors: { specJson: () => { toJS: () => unknown } }
}

/**
 * Reads the document and resolves its references in place of Swagger UI, which reads it as YAML and visits all of it for
 * each operation: that takes a second or more. The references of this document are local and never form a cycle.
 */
export const spec = {
  wrapActions: {
    parseToJson:
      (_original: Action, { specActions }: SpecSystem) =>
      (text: string) =>
        specActions.updateJsonSpec(JSON.parse(text) as object),
    requestResolvedSubtree:
      (_original: Action, { specActions, specSelectors }: SpecSystem) =>
      (path: readonly string[]) => {
        const document = specSelectors.specJson().toJS()
        return specActions.updateResolvedSubtree(path, resolved(at(document, path), document))
      },
  },
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((part, name) => (isObject(part) ? part[name] : undefined), value)

/** `value` with whatever its references point at. */
function resolved(value: unknown, document: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, document))
  if (!isObject(value)) return value
  const { $ref } = value
  if (typeof $ref === 'string') return resolved(at(document, $ref.split('/').slice(1)), document)
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each, document)]))
}
