import type { ComponentChildren } from 'preact'
import { Code } from './code'

/** What to do where there is nothing yet. */
export const Empty = ({ title, curl, children }: { title: string; curl?: string; children?: ComponentChildren }) => (
  <div class="empty">
    <h2>{title}</h2>
    {children}
    {curl !== undefined && <Code text={curl} name="curl to paste" />}
  </div>
)

export const Loading = () => <p class="empty quiet">Waiting for the sandbox…</p>
