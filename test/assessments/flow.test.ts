import { StackOne } from '@stackone/stackone-client-ts'
import type { AssessmentPackage } from '@stackone/stackone-client-ts/sdk/models/shared'
import t from 'tap'
import { questionsFor } from '../../src/assessments/questions'
import { startSandbox, verifySignature } from '../../src/index'
import { closeBrowser, pageFor, skip } from '../support/chromium'
import { deliveriesOf, receiverFor } from '../support/receiver'

t.teardown(closeBrowser)

t.test(
  'a whole assessment: ordered with the SDK, taken in a browser, sent by callback and webhook, read back',
  { skip },
  async (t) => {
    const receiver = await receiverFor(t)
    const sandbox = await startSandbox({ webhooks: [`${receiver.url}/webhook#whsec_flow`] })
    t.teardown(() => sandbox.close())
    const stackone = new StackOne({ serverURL: sandbox.url, security: sandbox.credentials })
    const call = { xAccountId: 'acme' }

    const packages: AssessmentPackage[] = []
    for await (const page of await stackone.ats.listAssessmentsPackages(call))
      packages.push(...(page.assessmentPackagePaginated?.data ?? []))
    const [ordered] = packages
    const { createAssessmentOrderResult: order } = await stackone.ats.orderAssessmentsRequest({
      ...call,
      atsCreateCandidatesAssessmentsRequestDto: {
        package: { id: ordered?.id, name: ordered?.name },
        candidate: { id: 'cand_31', firstName: 'Mia', lastName: 'Lindqvist' },
        job: { title: 'Back-end engineer' },
        resultsUpdateUrl: `${receiver.url}/results`,
      },
    })

    const { page } = await pageFor(t)
    await page.goto(order?.testUrl ?? '')
    t.match(await page.getByRole('heading', { level: 1 }).textContent(), ordered?.name)
    await page.getByRole('button', { name: 'Start' }).click()
    const questions = questionsFor({ id: ordered?.id ?? null, name: ordered?.name ?? null })
    for (const { text, choices, right } of questions) {
      const group = page.getByRole('group', { name: text })
      await group.getByRole('radio', { name: choices[right] ?? '', exact: true }).check()
    }
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByText('Passed: 100 of 100').waitFor()

    const received = await receiver.all(3)
    const [created, callback, updated] = ['ats_assessments.created', undefined, 'ats_assessments.updated'].map(
      (event) => received.find(({ json }) => json['event'] === event),
    )
    t.match(callback, { method: 'PATCH', path: '/results', json: { id: order?.id, remote_id: order?.remoteId } })
    t.match(callback?.json, { result: { value: 'passed' }, score: { value: '100' }, candidate: { id: 'cand_31' } })
    for (const webhook of [created, updated]) {
      t.match(webhook, { method: 'POST', path: '/webhook', json: { record_id: order?.id, account_id: 'acme' } })
      t.ok(verifySignature(webhook?.raw ?? '', webhook?.headers['x-stackone-signature'], 'whsec_flow'))
    }
    t.match(updated?.json, { event_data: { result: { result: { value: 'passed' } } } })

    const { username, password } = sandbox.credentials
    const results = await fetch(`${sandbox.url}/unified/ats/assessments/orders/${order?.id ?? ''}/results`, {
      headers: { authorization: `Basic ${btoa(`${username}:${password}`)}`, 'x-account-id': 'acme' },
    })
    t.match(await results.json(), {
      data: {
        result: { value: 'passed' },
        score: { value: '100' },
        candidate: { id: 'cand_31' },
        result_url: order?.testUrl,
      },
    })
    t.equal((await deliveriesOf(sandbox)).length, 3)
  },
)
