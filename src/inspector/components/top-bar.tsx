import { connection, refusal, clock, accounts } from '../live'
import { areKeysShown } from '../keys'
import { account, linkTo, setQuery } from '../route'
import { Nav } from './nav'
import { sandboxNow, shortMoment, wholeMoment } from '../time'

export const TopBar = () => (
  <header class="top-bar">
    <a class="brand" href={linkTo('orders')}>
      Assessments sandbox
    </a>
    <AccountFilter />
    <Nav />
    <Reading />
    <Connection />
    <button
      type="button"
      class="small show-keys"
      aria-label="Keyboard shortcuts"
      title="Keyboard shortcuts (?)"
      onClick={() => {
        areKeysShown.value = true
      }}
    >
      ?
    </button>
    <a class="reference" href="../docs">
      API reference
    </a>
  </header>
)

/** Accepts any account, including one that has no orders yet. */
function AccountFilter() {
  return (
    <label class="account-filter">
      <span class="unseen">Account</span>
      <input
        type="search"
        list="accounts"
        placeholder="All accounts"
        value={account.value}
        autocomplete="off"
        spellcheck={false}
        onChange={({ currentTarget }) => {
          setQuery('account', currentTarget.value.trim())
        }}
      />
      <datalist id="accounts">
        {accounts.value.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </label>
  )
}

function Reading() {
  const now = sandboxNow.value
  if (Number.isNaN(now)) return null
  const { isFrozen } = clock.value
  return (
    <a class="clock" href={linkTo('sandbox')} title={`Sandbox time: ${wholeMoment(now)}`}>
      <span class="unseen">Clock: </span>
      {shortMoment(now, Date.now())}
      {isFrozen && <strong> ❄ frozen</strong>}
    </a>
  )
}

const states = {
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Connection lost, reconnecting…',
}

const Connection = () => (
  <span class={`connection ${connection.value}`} role="status" title={refusal.value || undefined}>
    {states[connection.value]}
    {refusal.value && <span class="refusal"> {refusal.value}</span>}
  </span>
)
