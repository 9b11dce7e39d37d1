import { useState } from 'preact/hooks'

/** A button that copies `text` and confirms it in place. */
export function Copy({ text, label = 'Copy', of }: { text: string | (() => string); label?: string; of?: string }) {
  const [said, setSaid] = useState('')
  async function copy() {
    const isCopied = await write(typeof text === 'string' ? text : text())
    setSaid(isCopied ? 'Copied' : 'Copy failed')
    setTimeout(setSaid, 1_500, '')
  }
  return (
    <button type="button" class="small" onClick={() => void copy()}>
      <span aria-live="polite">{said || label}</span>
      {of !== undefined && <span class="unseen"> {of}</span>}
    </button>
  )
}

// The Clipboard API exists only on localhost and over HTTPS.
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyOldWay(text)
  }
}

/** Deprecated, but the only way without HTTPS. */
const oldDocument: { execCommand: (command: string) => boolean } = document

function copyOldWay(text: string): boolean {
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.className = 'unseen'
  field.value = text
  document.body.append(field)
  field.select()
  const isCopied = oldDocument.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  return isCopied
}
