import type { TSchema } from '@sinclair/typebox'
import type { Control } from './control'

/** A call of `/_sandbox`: its route, its client and its entry in the OpenAPI document are made from this. */
export interface Call {
  route: readonly [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string]
  summary: string
  /** The schema of the account; undefined if the call takes none. */
  account?: TSchema
  params?: TSchema
  /** Beside `?account=`. */
  query?: TSchema
  body?: TSchema
  /** The content type of an answer that isn't JSON. */
  produces?: [string]
  /** The schema of the answer, under its status. */
  response: Record<number, TSchema>
}

type SchemaOf<T> = TSchema & { static: T }

/** A call with a schema for each part of `Input`, and no other. */
type CallWith<Input, Answer> = Pick<Call, 'route' | 'summary' | 'produces'> & {
  [Part in keyof Input & keyof Call]: SchemaOf<Input[Part]>
} & { response: Record<number, SchemaOf<Answer>> }

/** The call behind each method of `Control`: it doesn't compile if its schemas don't go with the method. */
export type Calls = {
  [Name in keyof Control]: CallWith<Parameters<Control[Name]>[0], Awaited<ReturnType<Control[Name]>>>
}
