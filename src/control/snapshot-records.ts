import { type TSchema, Type } from '@sinclair/typebox'
import type { AtsResource } from '../../schemas/ats/queries'
import { BackgroundCheckPackageSchema } from '../../schemas/background-checks/package'
import { AtsBasisSchema } from '../../schemas/control/snapshot'
import type { RecordKind } from '../../schemas/kept'
import { resourceOf } from '../ats/resources'
import { breatheInTime } from '../breathe'
import { isDeeperThan, isObject, maxDepth, parsedJson } from '../pure/json'
import { mostRecords, sizeOfRecord } from '../store/account-records'
import { mostAccounts } from '../store/account-settings'
import { violationsOf } from '../validation/check'
import type { ReadSnapshot } from './read-snapshot'
import { whyNoWebhook } from './webhooks'

type KeptRecord = ReadSnapshot['records'][number]

/** Why the records, or the settings of accounts, of a snapshot cannot be loaded; null if they can. */
export async function wrongRecord({ account, records, accounts }: ReadSnapshot): Promise<string | null> {
  const counts = new Map<string, number>()
  const seen = new Set<string>()
  let size = 0
  for (const [i, record] of records.entries()) {
    await breatheInTime()
    const { accountId, kind, id } = record
    const path = `body/records/${String(i)}`
    const problem = whyWrong(record, path)
    if (problem !== null) return problem
    if (account !== null && accountId !== account) return `${path} does not belong to the account ${account}`
    const key = JSON.stringify([accountId, kind, id])
    if (seen.has(key)) return `two of its ${kind} have the same id`
    seen.add(key)
    const count = (counts.get(`${kind} ${accountId}`) ?? 0) + 1
    counts.set(`${kind} ${accountId}`, count)
    size += sizeOfRecord(record)
    if (count > mostRecords.ofKind || size > mostRecords.characters)
      return 'it has too many records, or they are too large'
  }
  return wrongAccount({ account, accounts })
}

function wrongAccount({ account, accounts }: Pick<ReadSnapshot, 'account' | 'accounts'>): string | null {
  if (accounts.length > mostAccounts) return `it has settings of over ${String(mostAccounts)} accounts`
  if (new Set(accounts.map(({ id }) => id)).size < accounts.length) return 'it has settings of an account twice'
  for (const [i, { id, packages }] of accounts.entries()) {
    const path = `body/accounts/${String(i)}`
    if (account !== null && id !== account) return `${path} does not belong to the account ${account}`
    const problem = packages === null ? null : whyNoWebhook(packages.url, `${path}/packages`)
    if (problem !== null) return problem
  }
  return null
}

/** A record of the ATS as it is kept. */
const keptOf = (name: AtsResource) =>
  Type.Object({ record: resourceOf(name).schema, orders: Type.Optional(Type.Array(Type.String())) })

/** What the value of a record has to be. */
const schemas: Readonly<Record<RecordKind, TSchema>> = {
  candidates: keptOf('candidates'),
  applications: keptOf('applications'),
  jobs: keptOf('jobs'),
  job_postings: keptOf('job_postings'),
  background_check_packages: Type.Object({
    ...BackgroundCheckPackageSchema.properties,
    id: Type.String({ minLength: 1 }),
    updated_at: Type.String({ format: 'date-time' }),
  }),
  ats_basis: AtsBasisSchema,
}

/** Why a record could not be shown, although it was accepted once; null if it can. */
function whyWrong({ kind, id, value }: KeptRecord, path: string): string | null {
  if (value === null) return null
  const kept = parsedJson(value)
  if (!isObject(kept) || isDeeperThan(maxDepth, kept)) return `${path}/value must be the JSON text of an object`
  const [problem] = violationsOf(schemas[kind], kept, `${path}/value`)
  if (problem !== undefined) return problem
  const record = isObject(kept['record']) ? kept['record'] : kept
  return kind === 'ats_basis' || record['id'] === id ? null : `${path}/value must be the record with its id`
}
