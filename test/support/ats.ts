import { isObject } from '../../src/pure/json'
import { goodHeaders } from './sandbox'

/** A record as an answer has it. */
export type Json = Record<string, unknown> & { id: string }

/** Calls `path` of the sandbox at `url` as `account`, without a body. */
export async function read(url: string, path: string, account = 'acme') {
  const { 'content-type': _none, ...headers } = goodHeaders
  const response = await fetch(url + path, { headers: { ...headers, 'x-account-id': account } })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as { data: unknown; next: string | null } & Record<string, unknown>,
  }
}

/** The records of a list on its first page, of at most 100. */
export async function listed(url: string, resource: string, query = '', account = 'acme'): Promise<Json[]> {
  const { status, body } = await read(url, `/unified/ats/${resource}?page_size=100${query}`, account)
  if (status !== 200) throw new Error(`${resource}${query} answered ${String(status)}: ${JSON.stringify(body)}`)
  return body.data as Json[]
}

/** One record of the ATS. */
export async function found(url: string, resource: string, id: unknown, query = '', account = 'acme'): Promise<Json> {
  const { status, body } = await read(
    url,
    `/unified/ats/${resource}/${encodeURIComponent(String(id))}${query}`,
    account,
  )
  if (status !== 200) throw new Error(`${resource}/${String(id)} answered ${String(status)}: ${JSON.stringify(body)}`)
  return body.data as Json
}

export const idsOf = (records: readonly { id?: unknown }[]) => records.map(({ id }) => id)

/** The texts at properties whose name `isMeant` selects, at any depth. */
export function textsOf(value: unknown, isMeant: (name: string) => boolean): [name: string, text: string][] {
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(item, isMeant))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(isMeant(name) ? [inner].flat().filter((each) => typeof each === 'string') : []).map(
      (text): [string, string] => [name, text],
    ),
    ...textsOf(inner, isMeant),
  ])
}
