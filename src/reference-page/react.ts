import type { VNode } from 'preact'

/** What this page uses of React, which is inside of Swagger UI. The types of elements are those of Preact. */
export interface React {
  createElement: (type: unknown, props: object | null) => VNode
  useState: <T>(initial: T) => [T, (value: T) => void]
  useEffect: (effect: () => (() => void) | undefined, on: readonly unknown[]) => void
}

let ours: React | undefined

/** Has to be called before anything is rendered. */
export function setReact(react: React): void {
  ours = react
}

export function react(): React {
  if (ours === undefined) throw new Error('Swagger UI has not started yet')
  return ours
}
