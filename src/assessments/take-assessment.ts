import type { BackgroundCheckOrderRequest } from '../../schemas/background-checks/order'
import type { OrderRequest } from '../../schemas/order'
import type { OrderKind } from '../../schemas/order-kinds'
import type { ResultUpdate } from '../../schemas/result'
import type { Outcome } from '../../schemas/test-form'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { candidateName } from '../pure/order-summary'
import type { News, Store } from '../store/orders'
import { isFinished, type OrderState, type StoredOrder } from '../store/records'
import { type OutcomeDetails, resultOf } from './outcomes'
import { type Question, questionsFor } from './questions'
import { withResult } from './record-result'

/** An order as its candidate sees it: a test to take, or a background check to consent to. */
export interface CandidateTest {
  kind: OrderKind
  orderId: string
  accountId: string
  state: OrderState
  isFinished: boolean
  candidateName: string | null
  packageName: string | null
  jobTitle: string | null
  /** Of a background check: the names of what is checked. */
  checks: readonly string[]
  questions: readonly Question[]
  /** The result so far. */
  result: ResultUpdate | null
}

/** Percentage of right answers needed to pass. */
export const passMark = 60

type TestDeps = Pick<Deps, 'store' | 'clock' | 'ids'>

/** The test behind the `token` of a `test_url`; null if there is none. */
export async function findTest(store: Store, token: string): Promise<CandidateTest | null> {
  const order = await store.findOrderByToken(token)
  return order && asTest(order)
}

/** Opens the test behind `token`; the first time, the order becomes initiated. Throws `unknownTest`. */
export async function openTest(deps: TestDeps, token: string): Promise<CandidateTest> {
  const opened = await change(deps, token, (order) => ({
    ...order,
    state: order.state === 'ordered' ? 'initiated' : order.state,
    openedAt: order.openedAt ?? deps.clock.now(),
  }))
  return asTest(opened)
}

/** Starts the test behind `token`; idempotent. Throws `unknownTest` and `testFinished`. */
export async function startTest(deps: TestDeps, token: string): Promise<void> {
  await change(deps, token, (order) => {
    if (isFinished(order)) throw errors.testFinished(order.kind)
    const now = deps.clock.now()
    return { ...order, state: 'in_progress', openedAt: order.openedAt ?? now, startedAt: order.startedAt ?? now }
  })
}

/** What a candidate submits. */
export interface Submission {
  /** The index of the chosen answer to a question, both from 0. */
  answerTo: (question: number) => number | undefined
  hasConsented: boolean
}

type Judge = (order: StoredOrder, submission: Submission) => [Outcome, OutcomeDetails]

const judges: Readonly<Record<OrderKind, Judge>> = {
  /** The score is the percentage of right answers. Throws `unansweredQuestions`. */
  assessment(order, { answerTo }) {
    const { questions } = asTest(order)
    const missing = questions.flatMap(({ choices }, i) => (choices[answerTo(i) ?? -1] === undefined ? [i + 1] : []))
    if (missing.length > 0) throw errors.unansweredQuestions(missing)

    const right = questions.filter((question, i) => answerTo(i) === question.right).length
    const score = Math.round((right / questions.length) * 100)
    const summary = `${String(right)} of ${String(questions.length)} answers are right.`
    return [score >= passMark ? 'passed' : 'failed', { score: String(score), summary }]
  },
  /** Whoever consents passes, as nothing is really checked. Throws `missingConsent`. */
  background_check(_order, { hasConsented }) {
    if (!hasConsented) throw errors.missingConsent()
    return ['passed', { summary: 'The candidate consented, and all checks are clear.' }]
  },
}

/**
 * Submits the test behind `token`. Throws `unknownTest`, `testFinished`, `testNotStarted`, and `unansweredQuestions` or
 * `missingConsent`.
 */
export async function submitTest(
  deps: TestDeps,
  token: string,
  submission: Submission,
  requestId: string,
): Promise<void> {
  await finish(deps, token, requestId, (order) => {
    if (order.state !== 'in_progress') throw errors.testNotStarted(order.kind)
    return judges[order.kind](order, submission)
  })
}

/**
 * Ends the test behind `token` with `outcome`, whether it was started or not. Throws `unknownTest` and `testFinished`.
 */
export async function chooseOutcome(
  deps: TestDeps,
  token: string,
  outcome: Outcome,
  details: OutcomeDetails,
  requestId: string | null,
): Promise<void> {
  await finish(deps, token, requestId, () => [outcome, details])
}

async function finish(
  deps: TestDeps,
  token: string,
  requestId: string | null,
  judge: (order: StoredOrder) => [Outcome, OutcomeDetails],
) {
  const { clock, ids } = deps
  const fresh = { id: ids.uuid(), remote_id: ids.uuid() }
  const make = (order: StoredOrder) => {
    if (isFinished(order)) throw errors.testFinished(order.kind)
    const now = clock.now()
    const update = { ...factsToClear(order), ...resultOf(order, ...judge(order), now) }
    return withResult(order, update, fresh, now)
  }
  await change(deps, token, make, { events: ['resulted'], requestId })
}

const factsOfATest = ['score', 'start_date', 'submission_date', 'summary'] as const

/** Properties to clear, left by an earlier end of the same test, which was then reopened. */
function factsToClear({ result }: StoredOrder): ResultUpdate {
  const earlier = JSON.parse(result ?? '{}') as ResultUpdate
  return Object.fromEntries(factsOfATest.filter((fact) => fact in earlier).map((fact) => [fact, null]))
}

async function change({ store }: TestDeps, token: string, make: (order: StoredOrder) => StoredOrder, news?: News) {
  const found = await store.findOrderByToken(token)
  const changed = found && (await store.updateOrder(found.accountId, found.id, make, news))
  if (changed === null) throw errors.unknownTest()
  return changed
}

function asTest(order: StoredOrder): CandidateTest {
  const { candidate, package: ordered, job } = JSON.parse(order.request) as OrderRequest & BackgroundCheckOrderRequest
  return {
    kind: order.kind,
    orderId: order.id,
    accountId: order.accountId,
    state: order.state,
    isFinished: isFinished(order),
    candidateName: firstText(candidateName(candidate)),
    packageName: firstText(ordered?.name, ordered?.id),
    jobTitle: firstText(job?.title),
    checks: (ordered?.tests ?? []).flatMap(({ name, id }) => firstText(name, id) ?? []),
    questions: questionsFor(ordered),
    result: order.result === null ? null : (JSON.parse(order.result) as ResultUpdate),
  }
}

/** The first of `texts` that is not blank; null if all are. */
const firstText = (...texts: (string | null | undefined)[]) => texts.find((text) => text?.trim()) ?? null
