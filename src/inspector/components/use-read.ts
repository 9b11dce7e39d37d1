import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { type ApiError, toApiError } from '../api'
import { token } from '../token'

export interface Reading<T> {
  /** The last value read; null until the first. */
  readonly value: T | null
  readonly error: ApiError | null
  readonly again: () => void
}

/** Reads the value for `key`, again when `key` changes or `again` is called. Drops late responses for earlier keys. */
export function useRead<T>(key: string, read: () => Promise<T>): Reading<T> {
  const [state, setState] = useState<{ key: string; value: T | null; error: ApiError | null }>(empty(key))
  const [count, setCount] = useState(0)
  const latest = useRef(read)
  latest.current = read
  const given = token.value

  useEffect(() => {
    let isCurrent = true
    latest.current().then(
      (value) => {
        if (isCurrent) setState({ key, value, error: null })
      },
      (error: unknown) => {
        if (isCurrent)
          setState((before) => ({ key, value: before.key === key ? before.value : null, error: toApiError(error) }))
      },
    )
    return () => {
      isCurrent = false
    }
  }, [key, count, given])

  const again = useCallback(() => {
    setCount((n) => n + 1)
  }, [])
  const current = state.key === key ? state : empty(key)
  return { value: current.value, error: current.error, again }
}

const empty = (key: string) => ({ key, value: null, error: null })
