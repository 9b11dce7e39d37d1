import { useEffect } from 'preact/hooks'
import { Keys } from './components/keys'
import { TokenForm } from './components/token-form'
import { Alert } from './components/alert'
import { TopBar } from './components/top-bar'
import { account, route, type View, viewTitles } from './route'
import { tokenWanted } from './token'
import { Ats } from './views/ats/ats'
import { Deliveries } from './views/deliveries'
import { Faults } from './views/faults'
import { Orders } from './views/orders'
import { Requests } from './views/requests'
import { Sandbox } from './views/sandbox'

const shown: Record<View, () => preact.JSX.Element> = {
  orders: Orders,
  requests: Requests,
  deliveries: Deliveries,
  ats: Ats,
  faults: Faults,
  sandbox: Sandbox,
}

export function App() {
  const { view } = route.value
  const of = account.value && ` of ${account.value}`
  useEffect(() => {
    document.title = `${viewTitles[view]}${of} · Assessments sandbox`
  }, [view, of])
  if (tokenWanted.value !== 'no') return <TokenForm />
  const Shown = shown[view]
  return (
    <>
      <TopBar />
      <Alert />
      <main>
        <Shown key={view} />
      </main>
      <Keys />
    </>
  )
}
