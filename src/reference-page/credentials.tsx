import { keptCredentials, setCredentials } from './kept-credentials'
import { react } from './react'

/** The key and the token that calls are sent with. They are kept as long as the tab is open. */
export function Credentials() {
  const [{ key, token }, setShown] = react().useState(keptCredentials())
  const change = (changed: { key?: string; token?: string }) => {
    const next = { key, token, ...changed }
    setCredentials(next)
    setShown(next)
  }
  return (
    <form
      className="fields credentials"
      onSubmit={(event) => {
        event.preventDefault()
      }}
    >
      <label className="field">
        API key
        <input
          value={key}
          autoComplete="off"
          spellcheck={false}
          placeholder="none"
          onChange={({ currentTarget }) => {
            change({ key: currentTarget.value })
          }}
        />
        <small>For StackOne's API. A key with a password: key:password</small>
      </label>
      <label className="field">
        Control token
        <input
          type="password"
          value={token}
          autoComplete="off"
          placeholder="none"
          onChange={({ currentTarget }) => {
            change({ token: currentTarget.value })
          }}
        />
        <small>For the control API, if the sandbox asks for one</small>
      </label>
    </form>
  )
}
