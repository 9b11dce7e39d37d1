import type { OrderKind } from '../../schemas/order-kinds'
import { type ResultUpdate, ResultUpdateSchema } from '../../schemas/result'
import { type Deps, knownAccounts } from '../deps'
import { errors } from '../errors'
import { bytesOf, isCancelled, type StoredOrder } from '../store/records'
import { expectations } from '../validation/expectations'
import { knownPart } from '../validation/known-part'
import { addWarnings, noWarnings, type Warnings, warningsOf } from '../warnings'
import { findOrder } from './find-order'
import { mergePatch } from './merge-patch'
import { whyRefusedByProvider } from './provider-rules'
import { isSameJson } from './same-json'

export interface ResultToRecord {
  kind: OrderKind
  accountId: string
  /** The order's id or remote id. */
  orderId: string
  update: ResultUpdate
  requestId: string | null
}

export interface RecordedResult {
  order: StoredOrder
  /** A warning if the update changed nothing. */
  warnings: Warnings
}

/**
 * Records an update of an order's result. Properties missing from `update` stay, null clears, and the order's state
 * follows `result.value`; how updates merge is assumed (docs/contract.md: Results). Throws `unknownOrder`,
 * `providerRefuses`, and `suspicious` if the configuration is strict and nothing would change.
 */
export async function recordResult(
  { store, ids, clock, config, accounts }: Pick<Deps, 'store' | 'ids' | 'clock' | 'config' | 'accounts'>,
  { kind, accountId, orderId, update, requestId }: ResultToRecord,
): Promise<RecordedResult> {
  const fresh = { id: ids.uuid(), remote_id: ids.uuid() }
  const isEmpty = Object.keys(update).length === 0
  // Properties that StackOne does not know are kept, but trigger no callback or webhook.
  const isNothing = known(update) === undefined
  let warnings = noWarnings
  function change(order: StoredOrder): StoredOrder {
    if (order.kind !== kind) throw errors.unknownOrder(orderId)
    const changed = isEmpty ? order : withResult(order, update, fresh, clock.now())
    const refusal = isNothing ? undefined : whyRefusedByProvider(order, changed, knownAccounts({ config, accounts }))
    if (refusal !== undefined) throw refusal
    if (sizeOf(changed) > Math.max(mostOfResult, sizeOf(order))) throw errors.resultTooLarge()
    warnings = isNothing ? nothingKnown : suspicionsOf(order, changed, update)
    if (isCancelled(order)) warnings = addWarnings(warnings, afterCancelling)
    if (warnings !== noWarnings && config.strict) throw errors.suspicious(warnings)
    return changed
  }
  const news = { events: isNothing ? [] : (['resulted'] as const), requestId }
  let order: StoredOrder | null = null
  for (let id = orderId; order === null;) {
    order = await store.updateOrder(accountId, id, change, news)
    if (order === null) ({ id } = await findOrder(store, accountId, orderId))
  }
  return { order, warnings }
}

/** Maximum size of a result in bytes. Updates add up, and every one reads the whole result. */
const mostOfResult = 2 * 1024 * 1024

const sizeOf = ({ result }: StoredOrder) => bytesOf({ request: '', result })

const known = (result: unknown) => knownPart(ResultUpdateSchema, result)

const nothingKnown = warningsOf({
  path: 'body',
  message: 'body has no property of a result that StackOne knows, so the result stays as it is',
})

const afterCancelling = warningsOf({
  path: 'path',
  message: 'the recruiter has cancelled this order, so StackOne may refuse its result',
})

const nothingNew = warningsOf({ path: 'body', message: 'body changes nothing that was reported before' })

/** Likely mistakes that show only in comparison with the earlier result. */
function suspicionsOf(before: StoredOrder, after: StoredOrder, { score: given }: ResultUpdate): Warnings {
  if (before.result === after.result) return nothingNew
  const now = told(after)
  if (isSameJson(told(before), now)) return nothingNew
  const { score } = now as ResultUpdate
  const isNumbered = given && (given.value ?? given.min ?? given.max) != null
  const unexpected = isNumbered && score && !expectations.score(given) ? expectations.score(score) : null
  if (!unexpected) return noWarnings
  const path = `body/score/${unexpected.property}`
  return warningsOf({ path, message: `${path} ${unexpected.problem}, together with what was reported before` })
}

/** The part of a result that StackOne knows, without nulls, which mean the same as a missing property. */
const told = ({ result }: StoredOrder) => withoutNulls(known(JSON.parse(result ?? '{}'))) ?? {}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value ?? undefined
  const left = Object.entries(value).flatMap(([name, inner]) => {
    const part = withoutNulls(inner)
    return part === undefined ? [] : [[name, part]]
  })
  return left.length === 0 ? undefined : Object.fromEntries(left)
}

/**
 * `order` with `update` merged into its result at `now` (milliseconds since 1970). A first result gets the ids of
 * `fresh`.
 */
export function withResult(
  order: StoredOrder,
  update: ResultUpdate,
  fresh: { id: string; remote_id: string },
  now: number,
): StoredOrder {
  const before = order.result === null ? fresh : (JSON.parse(order.result) as typeof fresh)
  // The sandbox assigns both identifiers, whatever a client sends.
  const { id, remote_id } = before
  const result = { ...(mergePatch(before, update) as ResultUpdate), id, remote_id }
  return { ...order, result: JSON.stringify(result), state: stateAfter(order, result), resultAt: now }
}

function stateAfter(order: StoredOrder, { result }: ResultUpdate): StoredOrder['state'] {
  if (isCancelled(order) && result?.value == null) return order.state
  if (result === undefined || result?.value === undefined) return result === null ? progressOf(order) : order.state
  return result.value ?? progressOf(order)
}

/** The candidate's progress without a result. */
function progressOf({ openedAt, startedAt }: StoredOrder): StoredOrder['state'] {
  if (startedAt !== null) return 'in_progress'
  return openedAt === null ? 'ordered' : 'initiated'
}
