import type { ComponentChildren } from 'preact'

export const Folded = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <details className="folded">
    <summary>{title}</summary>
    <div className="unfolded">{children}</div>
  </details>
)
