import type { DocumentedOperation } from './describe-operation'
import type { OpenapiDocument } from './openapi-document'

/**
 * The document with repeated responses moved to its components: the viewer reads all of it whenever an operation is
 * opened, and most of it is errors that operations share.
 */
export function withSharedResponses(document: OpenapiDocument): object {
  const names = new Map<string, string>()
  const responses: Record<string, object> = {}

  function shared(response: object): object {
    const text = JSON.stringify(response)
    const name = names.get(text) ?? `Response${String(names.size + 1)}`
    names.set(text, name)
    responses[name] = response
    return { $ref: `#/components/responses/${name}` }
  }

  const withShared = (operation: DocumentedOperation) => ({
    ...operation,
    responses: mapValues(operation.responses, shared),
  })
  const paths = mapValues(document.paths, (methods) => mapValues(methods, withShared))
  return { ...document, paths, components: { ...document.components, responses } }
}

const mapValues = <From, To>(values: Record<string, From>, change: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
