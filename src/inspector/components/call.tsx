import { useState } from 'preact/hooks'
import type { Query } from '../addresses'
import { type ApiError, call, type Method, toApiError } from '../api'
import { controlCurl } from '../curl'
import { Code } from './code'
import { Problem } from './problem'

interface CallProps<T> {
  method: Method
  path: string
  query?: Query
  body?: unknown
  /** The text of the button. */
  label: string
  /** What the button acts on, for screen readers. */
  of?: string
  done?: (answer: T) => void
  /** The status to show when the call is done. */
  said?: string
  look?: 'main' | 'danger' | 'plain'
  /** Whether the curl is collapsed, as for buttons in a row. */
  isFolded?: boolean
  isDisabled?: boolean
  /** The equivalent command, if its body is better read from a file. */
  curl?: string
}

/** A button that calls the control API, and the equivalent curl. */
export function Call<T = unknown>(props: CallProps<T>) {
  const { method, path, query, body, label, of, said = 'Done.', look = 'plain', isFolded = false } = props
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle')
  const [error, setError] = useState<ApiError | null>(null)
  const curl = props.curl ?? controlCurl(method, path, query, body)

  async function act() {
    setState('busy')
    setError(null)
    try {
      const answer = await call<T>(method, path, query, body)
      setState('done')
      props.done?.(answer)
    } catch (failure) {
      setState('idle')
      setError(toApiError(failure))
    }
  }

  const name = of === undefined ? `curl: ${label}` : `curl: ${label} ${of}`
  return (
    <div class="call">
      <div class="buttons">
        <button
          type="button"
          class={look}
          aria-disabled={state === 'busy' || props.isDisabled === true}
          onClick={() => {
            if (state !== 'busy' && props.isDisabled !== true) void act()
          }}
        >
          {label}
          {of !== undefined && <span class="unseen"> {of}</span>}
        </button>
        <span role="status" class="said">
          {state === 'busy' ? 'Sending…' : state === 'done' ? said : ''}
        </span>
      </div>
      {error && <Problem error={error} />}
      {isFolded ? (
        <details class="folded">
          <summary>
            curl<span class="unseen">: {of === undefined ? label : `${label} ${of}`}</span>
          </summary>
          <Code text={curl} name={name} />
        </details>
      ) : (
        <Code text={curl} name={name} />
      )}
    </div>
  )
}
