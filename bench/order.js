'use strict'

/**
 * An order the size of a typical published example: about 1.4 kB and 40 properties. All data is invented.
 * It has no `id`, so that each call creates a new order.
 *
 * @type {import('../schemas/order').OrderRequest}
 */
exports.order = {
  package: {
    id: 'pkg_typescript_backend_senior',
    remote_id: 'b7e2f0c4-5d1a-4c7e-9a53-2f6d8e1b0c47',
    name: 'TypeScript for senior back-end engineers',
    description: 'Typing, asynchronous code, HTTP and the design of small services, in forty minutes',
  },
  application: {
    id: 'app_1029384756',
    remote_id: '3c9d7a16-0e4b-4f82-b6d5-71a8c2e94f30',
    application_status: { value: 'assessment', source_value: 'Skills test' },
    passthrough: { source: 'careers page', stage: 3 },
  },
  job: {
    id: 'job_8811',
    remote_id: 'e1f5b820-7c3d-4a96-8d27-5b0f94c6a3e8',
    title: 'Senior back-end engineer',
    hiring_team: [
      {
        user_id: 'usr_204',
        remote_user_id: '9a4c6e02-1b8f-4d35-a7e0-c62d5f81b794',
        first_name: 'Noor',
        last_name: 'Haddad',
        email: 'noor.haddad@example.com',
        role: 'Hiring manager',
      },
    ],
    passthrough: { office: 'Lisbon' },
  },
  candidate: {
    id: 'cand_310077',
    remote_id: '50d8b3f7-6a2e-4c19-9f84-e7b1c0a2d563',
    first_name: 'Mia',
    last_name: 'Lindqvist',
    emails: [{ type: 'personal', value: 'mia.lindqvist@example.com' }],
    passthrough: { preferred_language: 'sv' },
    profile_url: 'https://ats.example.com/candidates/310077',
  },
  requester: {
    user_id: 'usr_7',
    remote_user_id: '2e7f1d94-8c05-4b63-b1fa-d3c98a06e752',
    first_name: 'Ilan',
    last_name: 'Okafor',
    email: 'ilan.okafor@example.com',
    role: 'Recruiter',
  },
  results_update_url: 'https://ats.example.com/assessments/results',
  passthrough: { campaign: 'spring', cost_centre: 'cc-4400', region: 'EMEA' },
}

/** The same order with an `id`, so that sending it again is a repeat, not a new order. */
exports.orderWithId = { id: 'order-2041', ...exports.order }
