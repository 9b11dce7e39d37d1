import type { Demo } from '../../../schemas/control/orders'
import { Call } from '../components/call'
import { account } from '../route'

/** Creates orders to look around with. */
export const DemoData = () => (
  <Call<Demo>
    method="POST"
    path="orders/demo"
    query={{ account: account.value }}
    label="Create demo data"
    said="Sixty orders created."
    isFolded
  />
)
