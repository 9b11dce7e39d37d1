import type validators from '@fastify/ajv-compiler'
import type serializers from '@fastify/fast-json-stringify-compiler'
import type { Route, Validate } from './compile'
import { precompiled } from './precompiled'

/**
 * Compiled code serves every sandbox in the process, since they share the schema objects: compiling takes longer than
 * the rest of a start. Each schema is compiled when it is first used, unless the build has done so.
 */
const compilerOf = () => require('./compile') as typeof import('./compile')

/** What Fastify passes, and its compilers' types lack. A route that answers HEAD too has several methods. */
interface Place {
  schema: object
  method?: string | readonly string[]
  url?: string
  /** Of a request: `body`, `querystring` and so on. */
  httpPart?: string
  /** Of an answer. */
  httpStatus?: string
}

/** Where a schema belongs: `POST /unified/ats/assessments/orders body`. */
export const partOf = ({ method = '', url = '', httpPart = '', httpStatus = '' }: Omit<Place, 'schema'>): string =>
  `${String([method].flat()[0])} ${url} ${httpPart}${httpStatus}`

const kindOf = (route: Route) => ((route as Place).httpPart === 'body' ? 'body' : 'text')

const firstOf = {
  body: perSchema((route: Route) => compilerOf().firstOf.body(route)),
  text: perSchema((route: Route) => compilerOf().firstOf.text(route)),
}
const allOf = {
  body: perSchema((route: Route) => compilerOf().allOf.body(route)),
  text: perSchema((route: Route) => compilerOf().allOf.text(route)),
}

/**
 * Validators for bodies, and others for text that has to be converted. One validator decides whether a value is valid,
 * and stops at the first violation; another one collects the violations of an invalid value.
 */
export const buildValidator: ReturnType<typeof validators> = () => (route) => {
  const kind = kindOf(route)
  const compiled = () => precompiled[partOf(route as Place)]?.() ?? firstOf[kind](route)
  let first: ReturnType<typeof compiled> | undefined
  const validate: Validate = (data) => {
    first ??= compiled()
    if (first(data) === true) return true
    const all = allOf[kind](route)
    all(data)
    validate.errors = all.errors
    return false
  }
  return validate as ReturnType<ReturnType<typeof buildValidator>>
}

type SerializerRoute = Parameters<ReturnType<ReturnType<typeof serializers>>>[0]

const serializerOf = perSchema((route: SerializerRoute) => compilerOf().serializerOf(route))

/** Serializers, compiled when first used. */
export const buildSerializer: ReturnType<typeof serializers> = () => (route) => {
  const compiled = () => precompiled[partOf(route)]?.() ?? serializerOf(route)
  let serialize: ReturnType<typeof compiled> | undefined
  return (data) => {
    serialize ??= compiled()
    return String(serialize(data))
  }
}

function perSchema<R, T>(compile: (route: R) => T) {
  const compiled = new WeakMap<object, T>()
  return (route: R) => {
    const { schema } = route as Place
    let found = compiled.get(schema)
    if (found === undefined) compiled.set(schema, (found = compile(route)))
    return found
  }
}
