import { Clock } from './clock'
import { CreateOrder } from './create-order'
import { State } from './state'
import { Webhooks } from './webhooks'

export const Sandbox = () => (
  <div class="page">
    <h1>Sandbox</h1>
    <div class="cards">
      <CreateOrder />
      <Clock />
      <Webhooks />
      <State />
    </div>
  </div>
)
