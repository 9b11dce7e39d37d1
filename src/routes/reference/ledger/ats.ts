import { atsGets, atsReads, changeableReads } from './operations'
import type { LedgerRow } from './row'

/** Reads of the applicant-tracking system. */
export const atsRows: readonly LedgerRow[] = [
  {
    behaviour:
      'Lists of the ATS answer 200 `{next, data}`, reads of one record 200 `{data}`, with `raw` on request; a record is found by its `id` or its `remote_id`',
    sure: 'documented, observed',
    probes: ['ats-list', 'ats-get', 'ats-raw', 'ats-remote-id'],
    operations: atsReads,
    statuses: [200],
  },
  {
    behaviour: 'The properties of each record of the ATS, and the filters of each list',
    sure: 'documented, observed',
    probes: ['ats-properties', 'ats-filter-email', 'ats-filter-job', 'ats-filter-status'],
    operations: atsReads,
    statuses: [200],
  },
  {
    behaviour:
      '`include` and `expand` show documents, attachments, custom fields, questionnaires and interview stages, which are otherwise left out; `sync_token` is ignored',
    sure: 'assumed',
    probes: ['ats-on-demand', 'ats-sync-token'],
    operations: changeableReads,
    statuses: [200],
  },
  {
    behaviour: 'An id that the ATS of the account does not have is 404',
    sure: 'documented',
    probes: ['ats-unknown-id'],
    operations: atsGets,
    statuses: [404],
  },
  {
    behaviour: 'An application shows the results of the orders about it in `result_links`',
    sure: 'assumed',
    unprobed: 'the order would be about an application of a real person',
    operations: ['applications.list', 'applications.get'],
    statuses: [200],
  },
  {
    behaviour: 'The records of the ATS and their order, which is that of their ids (`SANDBOX_ATS` replaces them)',
    sure: 'sandbox',
    unprobed: "the sandbox's own",
    operations: atsReads,
  },
]
