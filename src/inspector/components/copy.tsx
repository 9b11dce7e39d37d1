import { useState } from 'preact/hooks'

/** Copies `text`, and says so on the button itself. */
export function Copy({ text, label = 'Copy', of }: { text: string | (() => string); label?: string; of?: string }) {
  const [said, setSaid] = useState('')
  async function copy() {
    const isCopied = await write(typeof text === 'string' ? text : text())
    setSaid(isCopied ? 'Copied' : 'Can’t copy')
    setTimeout(setSaid, 1_500, '')
  }
  return (
    <button type="button" class="small" onClick={() => void copy()}>
      <span aria-live="polite">{said || label}</span>
      {of !== undefined && <span class="unseen"> {of}</span>}
    </button>
  )
}

// A page that is not served from this machine nor over https has no clipboard but the old one.
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyOldWay(text)
  }
}

/** Deprecated, and without https the only way. */
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
