import { useEffect, useRef } from 'preact/hooks'
import { areKeysShown, keys, onKey, said } from '../keys'

/** Listens to the keyboard, lists its keys in a dialog, and says what a key did. */
export function Keys() {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('keydown', onKey)
    }
  }, [])
  const isShown = areKeysShown.value
  useEffect(() => {
    if (isShown) dialog.current?.showModal()
  }, [isShown])

  return (
    <>
      <p class="toast" role="status">
        {said.value}
      </p>
      <dialog
        ref={dialog}
        aria-labelledby="keys"
        onClose={() => {
          areKeysShown.value = false
        }}
      >
        <h2 id="keys">Keyboard shortcuts</h2>
        <dl class="keys">
          {keys.map(([key, what]) => (
            <div key={key}>
              <dt>
                {key.split('  ').map((each) => (
                  <kbd key={each}>{each}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <div class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
      </dialog>
    </>
  )
}
