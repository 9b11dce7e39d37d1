// Orders with the official SDK, as it is apart from the time after which it gives up.

import { StackOne } from '@stackone/stackone-client-ts'

const { STACKONE_SERVER_URL: serverURL = '', STACKONE_API_KEY: username = '', STACKONE_ACCOUNT_ID = '' } = process.env

const sdk = new StackOne({
  serverURL,
  security: { username, password: '' },
  retryConfig: {
    strategy: 'backoff',
    backoff: { initialInterval: 500, maxInterval: 60_000, exponent: 1.5, maxElapsedTime: 5_000 },
    retryConnectionErrors: true,
  },
})

await sdk.ats.orderAssessmentsRequest({
  xAccountId: STACKONE_ACCOUNT_ID,
  atsCreateCandidatesAssessmentsRequestDto: {
    id: `order-${STACKONE_ACCOUNT_ID}`,
    candidate: { firstName: 'Mia', emails: [{ type: 'personal', value: 'mia@example.com' }] },
  },
})
