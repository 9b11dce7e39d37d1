import { AccountSchema, listOf, WaitSchema } from '../../../schemas/control/builders'
import {
  JournalEntrySchema,
  ReportSchema,
  RequestDetailSchema,
  RequestFilterSchema,
  RequestListSchema,
  RequestParamsSchema,
  RequestQuerySchema,
  RequestSearchSchema,
} from '../../../schemas/control/requests'
import {
  CleanSchema,
  MatchSchema,
  VerificationSchema,
  VerifyCleanSchema,
  VerifySchema,
} from '../../../schemas/control/verification'
import type { Calls } from '../call'

const account = AccountSchema

/** Requests in the journal. */
export const requestCalls = {
  listRequests: {
    route: ['GET', '/requests'],
    summary: 'List requests and their answers, newest first',
    account,
    query: RequestQuerySchema,
    response: { 200: RequestListSchema },
  },
  getRequest: {
    route: ['GET', '/requests/:id'],
    summary: 'Read a request and its answer',
    params: RequestParamsSchema,
    response: { 200: RequestDetailSchema },
  },
  findRequests: {
    route: ['POST', '/requests/find'],
    summary: 'List the requests that match a filter, which may include bodies',
    account,
    body: RequestSearchSchema,
    response: { 200: RequestListSchema },
  },
  waitForRequests: {
    route: ['POST', '/requests/wait'],
    summary: 'Wait for requests',
    account,
    body: WaitSchema(RequestFilterSchema),
    response: { 200: listOf(JournalEntrySchema, 'The awaited requests') },
  },
  verifyRequests: {
    route: ['POST', '/requests/verify'],
    summary: 'Fail unless the expected number of requests matches: at least one by default',
    account,
    body: VerifySchema,
    response: { 200: VerificationSchema },
  },
  matchRequests: {
    route: ['POST', '/requests/match'],
    summary: 'Count the requests that match a filter, and show how the nearest differs if none does',
    account,
    body: MatchSchema,
    response: { 200: VerificationSchema },
  },
  verifyClean: {
    route: ['POST', '/requests/verify-clean'],
    summary: 'Fail if a request was refused or has a warning, unless that is expected',
    account,
    body: VerifyCleanSchema,
    response: { 200: CleanSchema },
  },
  readReport: {
    route: ['GET', '/report'],
    summary: 'Read the journal as an HTML page, to keep as an artefact of CI',
    account,
    produces: ['text/html'],
    response: { 200: ReportSchema },
  },
} satisfies Partial<Calls>
