import { Copy } from './copy'

/** Text as it is, scrolled inside itself. `name` says what it is to who can't see the place. */
export function Code({ text, name, wraps = false }: { text: string; name: string; wraps?: boolean }) {
  return (
    <div class="code">
      <pre class={wraps ? 'wraps' : undefined} tabIndex={0} role="group" aria-label={name}>
        {text}
      </pre>
      <Copy text={text} of={name} />
    </div>
  )
}
