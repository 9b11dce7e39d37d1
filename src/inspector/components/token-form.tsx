import { useState } from 'preact/hooks'
import { keepToken, tokenWanted } from '../token'
import { Field, TextInput } from './field'

/** Asks for the control token. Nothing else is shown until it is right. */
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
        <h1>Control token required</h1>
        <p class="quiet">
          Use the value of <code>SANDBOX_CONTROL_TOKEN</code>, or the token that the sandbox printed at startup. It is
          kept until you close this tab.
        </p>
        {tokenWanted.value === 'wrong' && (
          <div class="notice" role="alert">
            <p>Wrong token. Try again.</p>
          </div>
        )}
        <Field label="Control token">
          <TextInput type="password" value={given} set={setGiven} />
        </Field>
        <button type="submit" class="main">
          Continue
        </button>
      </form>
    </main>
  )
}
