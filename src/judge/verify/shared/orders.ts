import { CannotTell } from '../../check'
import type { Call, Exchange } from '../call'
import { at, entriesOf } from '../expect'
import type { Context } from '../probe'
import { candidate } from './bodies'
import { checkOrdersPath, ordersPath, packagesPath, part } from './paths'

export const post = (path: string, body: object): Call => ({ method: 'POST', path, body: JSON.stringify(body) })
export const patch = (path: string, body: object): Call => ({ method: 'PATCH', path, body: JSON.stringify(body) })

/** The path of an order's result. */
export const resultPath = (id: string, orders = ordersPath): string => `${orders}/${part(id)}/result`

interface Placed {
  exchange: Exchange
  body: Record<string, unknown>
  /** What comes from the server, in the body. */
  hidden: string[]
}

/** The order that most probes are about, which is placed once. */
export const mainOrder = (context: Context): Promise<Placed> =>
  context.once('order', async () => {
    const packages = await context.once(packagesPath, () => context.call({ path: packagesPath }))
    const first = packages.status === 200 ? entriesOf(packages)[0] : undefined
    const body = { id: context.orderId, package: { id: first?.['id'] ?? null }, candidate }
    const hidden = first === undefined ? [] : [String(first['id'])]
    return { body, hidden, exchange: await context.call({ ...post(ordersPath, body), hidden }) }
  })

/** An order with as little as possible: all is null but the candidate. */
export const bareOrder = (context: Context): Promise<Exchange> =>
  context.once('bare order', () =>
    context.call(
      post(ordersPath, {
        ...{ id: null, package: null, application: null, job: null, requester: null },
        ...{ results_update_url: null, passthrough: null, candidate },
      }),
    ),
  )

/** The background check that probes order, once. */
export const mainCheck = (context: Context): Promise<Placed> =>
  context.once('background check', async () => {
    const body = { id: `${context.orderId}-check`, remote_id: 'verify-remote-id', candidate }
    return { body, hidden: [], exchange: await context.call(post(checkOrdersPath, body)) }
  })

/** Ids of an order that was placed. Rejects with `CannotTell` if it wasn't. */
export function placedIds({ status, json }: Exchange): { id: string; remoteId: string } {
  const [id, remoteId] = [at(json, 'id'), at(json, 'remote_id')]
  if (status === 200 && typeof id === 'string' && typeof remoteId === 'string') return { id, remoteId }
  throw new CannotTell(`no order was placed: the server answered ${String(status)}, or without id and remote_id`)
}

/** The id of the order that most probes are about. */
export const orderId = async (context: Context): Promise<string> => placedIds((await mainOrder(context)).exchange).id

/** Reports `update` as the result of the order. Rejects with `CannotTell` if its ATS takes no further one. */
export const report = async (context: Context, update: object): Promise<Exchange> =>
  reportTo(context, await orderId(context), update)

/** As `report`, by any id of the order. What comes from the server is `hidden`. */
export async function reportTo(context: Context, id: string, update: object, hidden: string[] = []): Promise<Exchange> {
  const exchange = await context.call({ ...patch(resultPath(id), update), hidden })
  if (exchange.status === 422) throw new CannotTell(onlyOnce)
  return exchange
}

/** Greenhouse, for example (docs/contract.md: Differences between providers). */
const onlyOnce = 'the ATS of this account takes only one result'

/** The result of the order. Rejects with `CannotTell` if the withdrawn read isn't answered any more. */
export async function readResult(context: Context): Promise<Exchange> {
  const exchange = await context.call({ path: `${ordersPath}/${part(await orderId(context))}/results` })
  if (exchange.status !== 200)
    throw new CannotTell(
      `the withdrawn read of results answers ${String(exchange.status)}, so nothing shows the result`,
    )
  return exchange
}
