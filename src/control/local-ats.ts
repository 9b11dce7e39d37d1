import type { AtsResource } from '../../schemas/ats/queries'
import { applicationStatusValues } from '../../schemas/application'
import { type Changeable, changeable, isChangeable } from '../ats/ats'
import { withApplication } from '../ats/order-records'
import { firstOf, type Reference, referencesIn } from '../ats/references'
import { type AtsRecord, resourceOf } from '../ats/resources'
import { breatheInTime } from '../breathe'
import { isoTime } from '../date-time'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { check, checkQuery } from '../validation/check'
import { unknownNames } from '../validation/suspicions'
import { idsWithoutText } from '../validation/text'
import { sentencesOf } from '../warnings'
import { calls } from './calls'
import type { Account, Control } from './control'
import { listPart } from './list-part'
import { countsBy, recordFits } from './match-record'
import { plainCopy } from './plain-json'

type AtsControl = Pick<Control, 'listRecords' | 'getRecord' | 'addRecord' | 'updateRecord' | 'moveApplication'>

/** The calls about the ATS. `one` returns the account that a call is about, and throws if it may not be used. */
export function localAts(
  { ats, ids, clock, changes }: Pick<Deps, 'ats' | 'ids' | 'clock' | 'changes'>,
  one: (account: Account) => string,
  requestId: string | null,
): AtsControl {
  async function found(accountId: string, name: AtsResource, id: string): Promise<AtsRecord> {
    const record = await ats.find(accountId, name, id)
    if (record === null) throw errors.unknownRecord(resourceOf(name).singular, id)
    return record
  }

  /** Whoever watches looks again. */
  const recordChanged = () => {
    changes.emit('setting', null)
  }

  /** Throws `invalidBody` if `change` has anything that records of the resource do not have. */
  function requireShape(name: Changeable, change: object) {
    const { schema } = resourceOf(name)
    check(schema, change)
    const unknown = unknownNames(schema, 'body')(change)
    const problems = [...sentencesOf(unknown), ...idsWithoutText(change, 'body')]
    if (problems.length > 0) throw errors.invalidBody(problems)
  }

  /** The ids and remote ids of a resource. */
  async function idsOf(accountId: string, name: AtsResource): Promise<ReadonlySet<unknown>> {
    const ids = new Set<unknown>()
    for (const { id, remote_id: remoteId } of await ats.all(accountId, name)) ids.add(id).add(remoteId)
    return ids
  }

  /** Throws `invalidBody` if `change` leads to records that don't exist. */
  async function requireTargets(accountId: string, name: Changeable, change: object): Promise<void> {
    // Each resource is read once: a list may name a hundred thousand records.
    const known = new Map<AtsResource, ReadonlySet<unknown>>()
    const dangling: Reference[] = []
    for (const reference of referencesIn(name, { ...change, id: '' })) {
      await breatheInTime()
      const ids = known.get(reference.to) ?? (await idsOf(accountId, reference.to))
      known.set(reference.to, ids)
      if (!ids.has(reference.id)) dangling.push(reference)
    }
    if (dangling.length === 0) return
    throw errors.invalidBody(
      firstOf(
        dangling,
        ({ path, id, to }) => `body/${path} is ${id}, and the account has no ${resourceOf(to).singular} with that id`,
      ),
    )
  }

  function requireChangeable(name: AtsResource): Changeable {
    if (isChangeable(name)) return name
    throw errors.invalidPath([`resource must be one of ${changeable.join(', ')}: ${name} can only be read`])
  }

  const candidateOf = async (accountId: string, { candidate_id: id }: AtsRecord) =>
    typeof id === 'string' ? ats.find(accountId, 'candidates', id) : null

  async function update(
    accountId: string,
    name: Changeable,
    id: string,
    change: Partial<AtsRecord>,
  ): Promise<AtsRecord> {
    const before = await found(accountId, name, id)
    requireShape(name, change)
    const { remote_id: remoteId = null } = change
    if (remoteId !== null && remoteId !== before.remote_id) {
      const other = await ats.find(accountId, name, remoteId)
      if (other !== null && other.id !== before.id) throw errors.recordExists(resourceOf(name).singular, remoteId)
    }
    await requireTargets(accountId, name, change)
    const key = { accountId, name, id: before.id }
    const updated = await ats.change(key, (kept) => ({ ...(kept ?? before), ...change }), requestId)
    recordChanged()
    return updated
  }

  return {
    async listRecords({ account, params: { resource }, query }) {
      checkQuery(calls.listRecords.query, query)
      const accountId = one(account)
      const { countBy, limit, next, ...filter } = query
      const all = [...(await ats.all(accountId, resource))].sort((a, b) => (a.id < b.id ? -1 : 1))
      const counts = countBy === undefined ? null : countsBy(countBy)
      const { items, ...facts } = await listPart(
        {
          all,
          fits: (record) => {
            const isMatching = recordFits(record, filter)
            if (isMatching) counts?.add(record)
            return isMatching
          },
          keyOf: ({ id }) => id,
          sizeOf: (record) => JSON.stringify(record).length,
        },
        { limit, next },
      )
      return { records: await ats.shown(accountId, items), counts: counts?.found() ?? null, ...facts }
    },
    getRecord: ({ account, params: { resource, id } }) => found(one(account), resource, id),
    async addRecord({ account, params: { resource }, body }) {
      const name = requireChangeable(resource)
      const accountId = one(account)
      const given = plainCopy(body)
      // Before an id is drawn: one of a wrong type is a mistake.
      requireShape(name, given)
      const id =
        typeof given['id'] === 'string' && given['id'] !== '' ? given['id'] : `${idPrefix[name]}_${ids.token()}`
      const record: AtsRecord = { remote_id: `ats-${ids.token()}`, created_at: isoTime(clock.now()), ...given, id }
      const mustBeNew = (found: AtsRecord | null) => {
        if (found !== null) throw errors.recordExists(resourceOf(name).singular, id)
        return record
      }
      const taken = await idsOf(accountId, name)
      for (const each of [id, record.remote_id])
        if (each != null && taken.has(each)) throw errors.recordExists(resourceOf(name).singular, each)
      await requireTargets(accountId, name, given)
      const added = await ats.change({ accountId, name, id }, mustBeNew, requestId)
      const candidate = name === 'applications' ? await candidateOf(accountId, record) : null
      if (candidate !== null) {
        const key = { accountId, name: 'candidates', id: candidate.id } as const
        await ats.change(key, (before) => withApplication(before ?? candidate, record))
      }
      recordChanged()
      return added
    },
    async updateRecord({ account, params: { resource, id }, body }) {
      const { id: _id, ...change } = plainCopy(body)
      return update(one(account), requireChangeable(resource), id, change)
    },
    async moveApplication({ account, params: { id }, body }) {
      check(calls.moveApplication.body, body)
      const accountId = one(account)
      const application = await found(accountId, 'applications', id)
      const stages = [...(await ats.all(accountId, 'application_stages'))].sort(
        (a, b) => Number(a['order']) - Number(b['order']),
      )
      const at = stages.findIndex((stage) => stage.id === application['application_stage_id'])
      const stage =
        body.stage === undefined
          ? stages[at + 1]
          : stages.find((each) => [each.id, each.remote_id, each['name']].includes(body.stage))
      if (stage === undefined)
        throw errors.invalidBody([
          stages.length === 0
            ? 'the ATS of the account has no application stages'
            : body.stage === undefined
              ? 'body/stage is needed: the application is in the last stage'
              : `body/stage must be one of ${stages.map(({ name }) => String(name)).join(', ')}`,
        ])
      const { id: stageId, remote_id: remoteId = null, name, order } = stage
      const status = body.status ?? applicationStatusValues.find((value) => value === toStatus(String(name)))
      return update(accountId, 'applications', application.id, {
        application_stage: { id: stageId, remote_id: remoteId, name, order },
        application_stage_id: stageId,
        remote_application_stage_id: remoteId,
        ...(status !== undefined && { application_status: { value: status, source_value: name } }),
      })
    },
  }
}

const idPrefix: Readonly<Record<Changeable, string>> = {
  candidates: 'cand',
  applications: 'app',
  jobs: 'job',
  job_postings: 'post',
}

/** `Reference check` as a status in unified terms: `reference_check`. */
const toStatus = (name: string) => name.toLowerCase().replaceAll(' ', '_')
