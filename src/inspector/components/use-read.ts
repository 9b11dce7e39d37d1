import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { type ApiError, toApiError } from '../api'
import { token } from '../token'

export interface Reading<T> {
  /** The last value read; null until the first. */
  readonly value: T | null
  readonly error: ApiError | null
  readonly again: () => void
}

/** The longest pause after a read, in milliseconds. */
const longestPause = 3_000

/**
 * Reads the value for `key`, again when `key` changes or `again` is called. Drops late responses for earlier keys. Reads
 * never overlap, and pause for twice as long as they take: a search of many orders would keep the sandbox busy.
 */
export function useRead<T>(key: string, read: () => Promise<T>): Reading<T> {
  const [state, setState] = useState<{ key: string; value: T | null; error: ApiError | null }>(empty(key))
  const latest = useRef(read)
  latest.current = read
  const start = useRef<(() => void) | null>(null)
  const given = token.value

  useEffect(() => {
    let isCurrent = true
    let isBusy = false
    let isWanted = false
    let timer: number | undefined

    async function go() {
      isBusy = true
      isWanted = false
      const began = performance.now()
      try {
        const value = await latest.current()
        if (isCurrent) setState({ key, value, error: null })
      } catch (error) {
        if (isCurrent)
          setState((before) => ({ key, value: before.key === key ? before.value : null, error: toApiError(error) }))
      }
      if (isCurrent) timer = setTimeout(rest, Math.min(2 * (performance.now() - began), longestPause))
    }
    function rest() {
      isBusy = false
      if (isWanted) void go()
    }
    start.current = () => {
      if (isBusy) isWanted = true
      else void go()
    }
    void go()
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [key, given])

  const again = useCallback(() => {
    start.current?.()
  }, [])
  const current = state.key === key ? state : empty(key)
  return { value: current.value, error: current.error, again }
}

const empty = (key: string) => ({ key, value: null, error: null })
