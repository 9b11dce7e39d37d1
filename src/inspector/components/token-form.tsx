import { useState } from 'preact/hooks'
import { keepToken, tokenWanted } from '../token'
import { Field, TextInput } from './field'

/** Asks for the control token; it is all there is until the right one came. */
export function TokenForm() {
  const [given, setGiven] = useState('')
  return (
    <main class="token">
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault()
          if (given !== '') keepToken(given)
        }}
      >
        <h1>This sandbox wants a token</h1>
        <p class="quiet">
          It is the value of <code>SANDBOX_CONTROL_TOKEN</code>, or else the one that the sandbox printed when it
          started. It stays in this tab.
        </p>
        {tokenWanted.value === 'wrong' && (
          <div class="notice" role="alert">
            <p>That is not the token. Try again.</p>
          </div>
        )}
        <Field label="Control token">
          <TextInput type="password" value={given} set={setGiven} />
        </Field>
        <button type="submit" class="main">
          Open
        </button>
      </form>
    </main>
  )
}
