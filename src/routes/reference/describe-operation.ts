import type { Operation } from '../../../schemas/control/requests'
import { type Exemplary, exampleOf } from '../../validation/example-of'
import { isHealth } from './error-examples'
import { errorResponses } from './error-responses'
import { fidelityOf, marked } from './fidelity'

/** A JSON schema in the document. */
export type DocumentedSchema = Exemplary & { type?: string | readonly string[]; deprecated?: boolean }

interface Media {
  schema: DocumentedSchema
  example?: unknown
}

/** By media type. */
export type Content = Record<string, Media>

interface Parameter {
  in: string
  required: boolean
  schema: DocumentedSchema
  example?: unknown
  examples?: Record<string, { summary: string; value: unknown }>
  deprecated?: boolean
  style?: string
  explode?: boolean
}

/** An operation as generated from the schemas of its route. */
export interface DocumentedOperation {
  summary: string
  description?: string
  deprecated?: boolean
  operationId?: string
  security?: object[]
  parameters?: Parameter[]
  requestBody?: { required: boolean; content: Content }
  responses: Record<string, { description: string; content?: Content; headers?: object }>
  'x-operation'?: Operation
}

/** Adds what the schemas of a route lack: errors, examples, security and the ledger's rows. */
export function describeOperation(path: string, method: string, described: DocumentedOperation): void {
  const operation = described['x-operation'] ?? null
  const { parameters = [], requestBody, responses } = described
  const takesQuery = parameters.some((parameter) => parameter.in === 'query')
  const called = { method: method.toUpperCase(), path, operation, takesBody: requestBody !== undefined, takesQuery }

  described.operationId ??= ['sandbox', method, ...path.split(/\W+/).slice(2)].filter(Boolean).join('_')
  described.security = securityOf(path, operation)
  if (operation !== null) {
    const { summary, description = '' } = described
    const about = description === '' ? summary : `${summary}. ${description}`
    Object.assign(described, marked(`${about}. How sure it is:`, fidelityOf(operation)))
  }
  for (const parameter of parameters) describeParameter(parameter)
  if (requestBody !== undefined) {
    addExamples(requestBody.content)
    // The control API reads a missing body as {}.
    if (operation === null && method === 'post') requestBody.required = false
  }
  for (const [status, response] of Object.entries(responses)) {
    if (response.content !== undefined) addExamples(response.content)
    if (operation !== null) response.headers = { 'x-sandbox-warning': { $ref: '#/components/headers/Warning' } }
    Object.assign(response, marked(response.description, fidelityOf(operation, Number(status))))
  }
  Object.assign(responses, errorResponses(called))
}

function securityOf(path: string, operation: Operation | null): object[] {
  if (operation !== null) return [{ basic: [] }]
  return isHealth(path) ? [] : [{}, { bearer: [] }]
}

function describeParameter(parameter: Parameter): void {
  const { schema, example } = parameter
  const isObject = schema.type?.includes('object')
  if (!parameter.required) {
    // A viewer fills in the example beside the schema, and invents one if there is none. Calls should work as filled
    // in.
    if (isObject)
      parameter.examples = { none: { summary: 'None', value: {} }, some: { summary: 'Some', value: example } }
    else schema.examples = [example]
    delete parameter.example
  }
  if (schema.deprecated !== undefined) {
    parameter.deprecated = schema.deprecated
    delete schema.deprecated
  }
  if (isObject) Object.assign(parameter, { style: 'deepObject', explode: true })
}

function addExamples(content: Content): void {
  for (const media of Object.values(content)) {
    const { schema, example } = media
    media.example = exampleOf(example === undefined ? schema : { ...schema, examples: [example] })
  }
}
