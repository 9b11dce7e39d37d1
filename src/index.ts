export type { LinkedAccount } from '../schemas/account'
export type { AtsApplication } from '../schemas/ats/application'
export type { AtsCandidate } from '../schemas/ats/candidate'
export type { AtsDepartment } from '../schemas/ats/department'
export type { AtsJob } from '../schemas/ats/job'
export type { AtsJobPosting } from '../schemas/ats/job-posting'
export type { AtsLocation } from '../schemas/ats/location'
export type { AtsRejectedReason } from '../schemas/ats/rejected-reason'
export type { AtsStage } from '../schemas/ats/stage'
export type { AtsUser } from '../schemas/ats/user'
export type { CataloguePackage } from '../schemas/catalogue'
export type { AccountToLink } from '../schemas/control/accounts'
export type { ApplicationMove } from '../schemas/control/ats'
export type { ClockReading } from '../schemas/control/clock'
export type {
  ControlDelivery,
  DeliveryDetail,
  DeliveryFilter,
  DeliveryList,
  DeliverySearch,
  ListedDelivery,
} from '../schemas/control/deliveries'
export type { Fault, FaultToAdd } from '../schemas/control/faults'
export type { ControlOrder, OrderFilter, OutcomeToSet } from '../schemas/control/orders'
export type {
  ControlPackagesEndpoint,
  PackageList,
  PackagesEndpointToSet,
  PackagesFetch,
  PackagesReport,
} from '../schemas/control/packages'
export type { JournalEntry, RequestDetail, RequestFilter, RequestList, Violation } from '../schemas/control/requests'
export type { Verification } from '../schemas/control/verification'
export type { Snapshot } from '../schemas/control/snapshot'
export type { ControlWebhook, WebhookChange, WebhookToAdd } from '../schemas/control/webhooks'
export type { WebhookEvent, WebhookStyle } from '../schemas/events'
export { verifySignature } from './deliveries/signature'
export type { AccountControl, SandboxControl } from './control/account-control'
export { ControlError } from './control/control-error'
export { type ConnectOptions, connectSandbox } from './control/http-control'
export type { CallbackMethod, LogLevel, SandboxOptions } from './options'
export { type Sandbox, startSandbox } from './start-sandbox'
