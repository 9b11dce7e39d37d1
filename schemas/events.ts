/** Events of assessments: what a webhook subscribes to by default (docs/contract.md: Webhooks). */
export const assessmentEvents = [
  'ats_assessments.created',
  'ats_assessments.updated',
  'ats_assessments.deleted',
] as const

/**
 * The events that a webhook can subscribe to. Those of background checks are in no list of StackOne's: only a guide names
 * the first (docs/contract.md: Webhooks).
 */
export const webhookEvents = [
  ...assessmentEvents,
  'background_check_order.created',
  'background_check_order.updated',
  'background_check_order.deleted',
  'ats_candidates.created',
  'ats_candidates.updated',
  'ats_candidates.deleted',
  'ats_applications.created',
  'ats_applications.updated',
  'ats_applications.deleted',
  'ats_jobs.created',
  'ats_jobs.updated',
  'ats_jobs.deleted',
  'ats_job_postings.created',
  'ats_job_postings.updated',
  'ats_job_postings.deleted',
  'account.created',
  'account.updated',
  'account.deleted',
] as const

export type WebhookEvent = (typeof webhookEvents)[number]

/** Native events come from the ATS, synthetic ones from polling it: they lack what only the ATS knows. */
export const webhookStyles = ['native', 'synthetic'] as const

export type WebhookStyle = (typeof webhookStyles)[number]
