import { LinkedAccountSchema } from '../../../schemas/account'
import { AccountToLinkSchema, LinkedAccountListSchema } from '../../../schemas/control/accounts'
import { AccountSchema, nothing } from '../../../schemas/control/builders'
import {
  ControlPackagesEndpointSchema,
  PackageListSchema,
  PackagesEndpointSchema,
  PackagesFetchSchema,
  PackagesReportSchema,
} from '../../../schemas/control/packages'
import { OrderKindQuerySchema } from '../../../schemas/control/orders'
import { IdParams } from '../../../schemas/queries'
import type { Calls } from '../call'

const account = AccountSchema

/** Linked accounts, and their packages endpoints. */
export const accountCalls = {
  listAccounts: {
    route: ['GET', '/accounts'],
    summary: 'List the linked accounts',
    response: { 200: LinkedAccountListSchema },
  },
  linkAccount: {
    route: ['PUT', '/accounts/:id'],
    summary: 'Link an account, or change how it is linked',
    params: IdParams('Identifier of the account', 'acme'),
    body: AccountToLinkSchema,
    response: { 200: LinkedAccountSchema },
  },
  unlinkAccount: {
    route: ['DELETE', '/accounts/:id'],
    summary: 'Unlink an account: its calls are refused',
    params: IdParams('Identifier of the account', 'acme'),
    response: { 204: nothing('The account is unlinked') },
  },
  listPackages: {
    route: ['GET', '/packages'],
    summary: 'List the packages that recruiters choose from where no packages endpoint is asked',
    account,
    query: OrderKindQuerySchema,
    response: { 200: PackageListSchema },
  },
  fetchPackages: {
    route: ['POST', '/packages/fetch'],
    summary: "Ask the provider's packages endpoint now, and report what is wrong with the answer",
    account,
    body: PackagesFetchSchema,
    response: { 200: PackagesReportSchema },
  },
  getPackagesEndpoint: {
    route: ['GET', '/packages/endpoint'],
    summary: 'Read the packages endpoint of an account',
    account,
    response: { 200: ControlPackagesEndpointSchema },
  },
  setPackagesEndpoint: {
    route: ['PUT', '/packages/endpoint'],
    summary: 'Set the packages endpoint of an account',
    account,
    body: PackagesEndpointSchema,
    response: { 200: ControlPackagesEndpointSchema },
  },
  removePackagesEndpoint: {
    route: ['DELETE', '/packages/endpoint'],
    summary: 'Remove the packages endpoint of an account, so that the configured one applies',
    account,
    response: { 204: nothing('It is removed') },
  },
} satisfies Partial<Calls>
