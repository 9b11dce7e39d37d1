import { useRef, useState } from 'preact/hooks'
import { isObject, parsedJson } from '../../pure/json'
import { Call } from '../components/call'
import { Field } from '../components/field'
import { fileCurl } from '../curl'
import { counted } from '../words'

interface Chosen {
  readonly name: string
  readonly snapshot: Record<string, unknown>
}

/** Loads a snapshot from a file of the user's, once confirmed. */
export function LoadSnapshot() {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [problem, setProblem] = useState('')
  const question = useRef<HTMLDialogElement>(null)

  async function choose(input: HTMLInputElement) {
    const [file] = input.files ?? []
    if (file === undefined) return
    const snapshot = parsedJson(await file.text())
    // So that choosing the same file again is a change.
    input.value = ''
    if (!isObject(snapshot)) {
      setProblem(`${file.name} is not a snapshot: it has to be a JSON object.`)
      return
    }
    setProblem('')
    setChosen({ name: file.name, snapshot })
    question.current?.showModal()
  }

  return (
    <>
      <Field label="Load" note="replaces what is there">
        <input
          type="file"
          accept=".json,application/json"
          onChange={({ currentTarget }) => {
            void choose(currentTarget)
          }}
        />
      </Field>
      {problem !== '' && (
        <p class="notice" role="alert">
          {problem}
        </p>
      )}
      <dialog ref={question} aria-labelledby="load-question">
        {chosen && (
          <>
            <h2 id="load-question">Load {chosen.name}?</h2>
            <p>{replacedBy(chosen.snapshot)}</p>
            <Call
              key={chosen.name}
              method="PUT"
              path="snapshot"
              body={chosen.snapshot}
              curl={fileCurl('PUT', 'snapshot', chosen.name)}
              label="Load"
              look="danger"
              done={() => {
                question.current?.close()
                setChosen(null)
              }}
            />
            <div class="buttons">
              <button type="button" onClick={() => question.current?.close()}>
                Cancel
              </button>
            </div>
          </>
        )}
      </dialog>
    </>
  )
}

function replacedBy({ account, orders }: Record<string, unknown>): string {
  const what = typeof account === 'string' ? `The state of account ${account}` : 'The whole state of the sandbox'
  return Array.isArray(orders)
    ? `${what} is replaced by that of the file, which has ${counted(orders.length, 'order')}.`
    : `${what} is replaced by that of the file.`
}
