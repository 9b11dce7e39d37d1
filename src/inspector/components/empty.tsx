import type { ComponentChildren } from 'preact'
import { Code } from './code'

/** An empty state: says what to do first. */
export const Empty = ({ title, curl, children }: { title: string; curl?: string; children?: ComponentChildren }) => (
  <div class="empty">
    <h2>{title}</h2>
    {children}
    {curl !== undefined && <Code text={curl} name="curl command" />}
  </div>
)

export const Loading = () => <p class="empty quiet">Connecting to the sandbox…</p>
