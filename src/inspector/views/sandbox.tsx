import { Clock } from './clock'
import { DemoData } from './demo-data'
import { State } from './state'

export const Sandbox = () => (
  <div class="page">
    <h1>Sandbox</h1>
    <div class="cards">
      <Clock />
      <section class="card" aria-labelledby="demo-data">
        <h2 id="demo-data">Demo data</h2>
        <p class="quiet">Sixty varied orders of both kinds, in every state; webhooks fire.</p>
        <DemoData />
      </section>
      <State />
    </div>
  </div>
)
