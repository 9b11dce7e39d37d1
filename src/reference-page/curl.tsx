import { react } from './react'

/** A command, with a button that copies it. */
export function Curl({ command }: { command: string }) {
  const [isCopied, setCopied] = react().useState(false)
  return (
    <div className="code">
      <pre className="wraps" tabIndex={0}>
        {command}
      </pre>
      <button
        type="button"
        className="small"
        onClick={() => {
          void navigator.clipboard.writeText(command).then(() => {
            setCopied(true)
          })
        }}
      >
        {isCopied ? 'Copied' : 'Copy'}
      </button>
    </div>
  )
}
