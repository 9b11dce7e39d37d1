import { controlUrl, type Query } from './addresses'
import { refuseToken, token, tokenHeader } from './token'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** The control API refused a call or could not be reached; `hint` says what to do. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly hint: string,
    readonly status: number | null,
  ) {
    super(message)
  }
}

/** Calls the control API and returns its JSON response; null if the response is empty. */
export async function call<T>(method: Method, path: string, query: Query = {}, body?: unknown): Promise<T> {
  const response = await reach(controlUrl(path, query), {
    method,
    cache: 'no-store',
    headers: { ...tokenHeader(token.value), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw await errorOf(response)
  const text = await response.text()
  return (text === '' ? null : JSON.parse(text)) as T
}

export const read = <T>(path: string, query?: Query): Promise<T> => call<T>('GET', path, query)

async function reach(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch {
    throw new ApiError('Cannot reach the sandbox.', 'Check that it is running, then try again.', null)
  }
}

/** The error in a response. A 401 also brings up the token form. */
export async function errorOf(response: Response): Promise<ApiError> {
  if (response.status === 401) refuseToken()
  const body = (await response.json().catch(() => ({}))) as { message?: unknown; hint?: unknown }
  return new ApiError(
    typeof body.message === 'string' ? body.message : `The sandbox responded with ${String(response.status)}.`,
    typeof body.hint === 'string' ? body.hint : '',
    response.status,
  )
}

export const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError(String(error), '', null)
