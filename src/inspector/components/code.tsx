import { Copy } from './copy'

/** Preformatted text in a box that scrolls. `name` is its label for screen readers. */
export function Code({
  text,
  name,
  wraps = false,
  copyLabel = 'Copy',
}: {
  text: string
  name: string
  wraps?: boolean
  copyLabel?: string
}) {
  return (
    <div class="code">
      <pre class={wraps ? 'wraps' : undefined} tabIndex={0} role="group" aria-label={name}>
        {text}
      </pre>
      <Copy text={text} label={copyLabel} of={name} />
    </div>
  )
}
