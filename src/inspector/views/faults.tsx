import { Badge } from '../components/badge'
import { Call } from '../components/call'
import { Empty, Loading } from '../components/empty'
import { controlCurl } from '../curl'
import { faults, isLoaded } from '../live'
import { account } from '../route'
import { counted, effectInWords, occasionInWords, targetInWords } from '../words'
import { AddFault } from './add-fault'
import { FaultPresets } from './fault-presets'

export function Faults() {
  return (
    <div class="page">
      <h1>Faults</h1>
      <p class="quiet">Make your client’s calls fail. Faults apply top to bottom.</p>
      <div class="cards">
        <section class="card" aria-labelledby="fault-list">
          <h2 id="fault-list">Added faults</h2>
          <FaultList />
        </section>
        <section class="card" aria-labelledby="fault-presets">
          <h2 id="fault-presets">Presets</h2>
          <FaultPresets />
        </section>
        <section class="card" aria-labelledby="fault-form">
          <h2 id="fault-form">Add a fault</h2>
          <AddFault />
        </section>
      </div>
    </div>
  )
}

function FaultList() {
  if (!isLoaded.value) return <Loading />
  if (faults.value.length === 0) {
    const body = { on: 'orders.create', status: 429, retryAfter: 1, times: 2 }
    return (
      <Empty title="No faults" curl={controlCurl('POST', 'faults', { account: account.value }, body)}>
        <p>This makes the next two orders fail with 429. Does your client wait and retry?</p>
      </Empty>
    )
  }
  return (
    <>
      <ul class="items">
        {faults.value.map((fault) => (
          <li key={fault.id}>
            <div class="item-head">
              <strong>{effectInWords(fault.fault)}</strong>
              {fault.isSpent ? <Badge tone="quiet">used up</Badge> : <Badge tone="busy">armed</Badge>}
            </div>
            <p>
              {targetInWords(fault)}, {occasionInWords(fault)}
            </p>
            <p class="quiet">
              {fault.id}: matched {counted(fault.seen, 'call')}, applied to {fault.struck}
            </p>
            <Call
              method="DELETE"
              path={`faults/${encodeURIComponent(fault.id)}`}
              label="Remove"
              of={fault.id}
              isFolded
            />
          </li>
        ))}
      </ul>
      <Call
        method="DELETE"
        path="faults"
        query={{ account: account.value }}
        label={account.value === '' ? 'Remove all' : `Remove all for ${account.value}`}
        look="danger"
        isFolded
      />
    </>
  )
}
