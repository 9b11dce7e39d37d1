import type { VNode } from 'preact'
import { react } from './react'

// What JSX is compiled to on this page, so that its elements are Swagger UI's.

export type { JSX } from 'preact'

export const jsx = (type: unknown, props: object, key?: string): VNode =>
  react().createElement(type, key === undefined ? props : { ...props, key })

export function jsxs(type: unknown, props: { children: readonly unknown[] }, key?: string): VNode {
  const { children, ...others } = props
  // Children that were written out one by one need no keys.
  const create = react().createElement as (type: unknown, props: object, ...children: readonly unknown[]) => VNode
  return create(type, key === undefined ? others : { ...others, key }, ...children)
}

/** React's own mark. */
export const Fragment = Symbol.for('react.fragment')
