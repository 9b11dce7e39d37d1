import { createHmac, timingSafeEqual } from 'node:crypto'
import { StackOne } from '@stackone/stackone-client-ts'

/**
 * Whether `signature` is that of `rawBody`: HMAC-SHA256 in base64url, of the bytes as they arrived.
 *
 * @param {Buffer} rawBody
 * @param {unknown} signature The header `x-stackone-signature`.
 * @param {string} secret
 */
export function isSigned(rawBody, signature, secret) {
  if (typeof signature !== 'string') return false
  const expected = createHmac('sha256', secret).update(rawBody).digest()
  const given = Buffer.from(signature, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Bounds for the SDK, which otherwise retries for up to an hour. A webhook has to be answered sooner. */
const bounded = {
  retries: {
    strategy: /** @type {const} */ ('backoff'),
    backoff: { initialInterval: 200, maxInterval: 2_000, exponent: 2, maxElapsedTime: 5_000 },
    retryConnectionErrors: true,
  },
  retryCodes: ['408', '429', '500', '502', '503', '504'],
  timeoutMs: 5_000,
}

/**
 * The calls of StackOne that a provider makes.
 *
 * @param {{ serverURL: string, apiKey: string }} config
 */
export function stackoneClient({ serverURL, apiKey }) {
  const { ats } = new StackOne({ serverURL, security: { username: apiKey, password: '' } })
  return {
    /**
     * Who takes the test, and for which job: an event names the candidate and the application, the application its job.
     *
     * @param {string} xAccountId
     * @param {{ candidate_id: string, application_id: string }} ids
     */
    async read(xAccountId, { candidate_id: candidateId, application_id: applicationId }) {
      const [{ candidateResult }, { applicationResult }] = await Promise.all([
        ats.getCandidate({ xAccountId, id: candidateId }, bounded),
        ats.getApplication({ xAccountId, id: applicationId }, bounded),
      ])
      const jobId = applicationResult?.data.jobId
      const job = jobId ? (await ats.getJob({ xAccountId, id: jobId }, bounded)).atsJobResult?.data : undefined
      return { candidate: candidateResult?.data, application: applicationResult?.data, job }
    },

    /**
     * Reports a result. What it leaves out stays as it is.
     *
     * @typedef {import('@stackone/stackone-client-ts/sdk/models/shared/index.js').AtsUpdateCandidatesAssessmentsResultsRequestDto} Result
     * @param {string} xAccountId
     * @param {string} id The order's.
     * @param {Result} result
     */
    report: (xAccountId, id, result) =>
      ats.updateAssessmentsResult({ xAccountId, id, atsUpdateCandidatesAssessmentsResultsRequestDto: result }, bounded),
  }
}
