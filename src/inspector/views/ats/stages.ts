import { readRecords, type Stage, wholePage } from '../../ats-records'

/** The stages that applications pass through, in order. */
export async function readStages(account: string): Promise<Stage[]> {
  const { records } = await readRecords<Stage>(account, 'application_stages', { limit: wholePage })
  return records.sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
}
