/** A status of a job, with what follows from it. */
export interface JobStatus {
  readonly value: 'published' | 'open' | 'on_hold' | 'closed' | 'draft'
  /** The status as the ATS calls it. */
  readonly sourceValue: string
  /** How many days ago such a job was created: at least and at most. */
  readonly created: readonly [least: number, most: number]
  /** How many days ago it stopped accepting applications: at least and at most. Drafts never started. */
  readonly shut: readonly [least: number, most: number] | 'never open'
  readonly posting: 'live' | 'internal' | 'closed' | null
}

const published: JobStatus = {
  value: 'published',
  sourceValue: 'Published',
  created: [60, 330],
  shut: [0, 0],
  posting: 'live',
}

const closed: JobStatus = {
  value: 'closed',
  sourceValue: 'Filled',
  created: [230, 345],
  shut: [40, 120],
  posting: 'closed',
}

/** Those of an account's jobs, most of them open. */
export const jobStatuses: readonly JobStatus[] = [
  published,
  published,
  published,
  published,
  published,
  published,
  published,
  { value: 'open', sourceValue: 'Open internally', created: [40, 150], shut: [0, 0], posting: 'internal' },
  { value: 'on_hold', sourceValue: 'Paused', created: [150, 300], shut: [15, 60], posting: 'closed' },
  closed,
  closed,
  { value: 'draft', sourceValue: 'Draft', created: [3, 20], shut: 'never open', posting: null },
]
