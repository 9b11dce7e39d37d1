/**
 * The kinds of records that are kept: of the ATS what differs from the invented one, the packages of background checks
 * that were made or changed, and what an ATS was invented from before a snapshot was loaded.
 */
export const recordKinds = [
  'candidates',
  'applications',
  'jobs',
  'job_postings',
  'background_check_packages',
  'ats_basis',
] as const

export type RecordKind = (typeof recordKinds)[number]

/** Whether the calls of an account are accepted; an unlinked one is unknown. */
export const accountStatuses = ['active', 'disabled', 'unlinked'] as const

export type AccountStatus = (typeof accountStatuses)[number]
