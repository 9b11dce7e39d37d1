import type { RawCall } from '../../schemas/envelope'
import type { ReadQuery } from '../../schemas/queries'

/** `data` with the properties that `fields` names, or all without it. Unknown names are ignored (assumed). */
export function pick<T extends object>(data: T, fields: ReadQuery['fields']): T {
  if (!fields) return data
  const names = fields.split(',').map((name) => name.trim())
  return Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name))) as T
}

/** The `raw` part of an answer, if requested: an invented call to an invented provider. */
export const rawOf = ({ raw }: ReadQuery, path: string, response: object): { raw?: RawCall[] } =>
  raw
    ? { raw: [{ method: 'GET', url: `https://provider.example.com/v1${path}`, body: null, response: { ...response } }] }
    : {}
