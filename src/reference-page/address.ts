import { react } from './react'

/** The part of the address that says what is open: `#/Tag/operationId`, `#/about`, or nothing. */
export function useHash(): string {
  const { useEffect, useState } = react()
  const [hash, setHash] = useState(shownHash())
  useEffect(() => {
    const read = () => {
      setHash(shownHash())
    }
    addEventListener('hashchange', read)
    return () => {
      removeEventListener('hashchange', read)
    }
  }, [])
  return hash
}

const shownHash = () => decodeURIComponent(location.hash)

export const aboutHash = '#/about'

/** Whether the open call is shown instead of the list, not beside it. */
export const isOnePane = () => !matchMedia('(min-width: 60rem)').matches
