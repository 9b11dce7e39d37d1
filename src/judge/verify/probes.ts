import { accountMessage } from './probes/account-message'
import { accountMissing } from './probes/account-missing'
import { accountTooLong } from './probes/account-too-long'
import { accountUnknown } from './probes/account-unknown'
import { accountsFilters } from './probes/accounts-filters'
import { accountsGet } from './probes/accounts-get'
import { accountsKey } from './probes/accounts-key'
import { accountsList } from './probes/accounts-list'
import { accountsOrder } from './probes/accounts-order'
import { accountsPages } from './probes/accounts-pages'
import { accountsUnknownId } from './probes/accounts-unknown-id'
import { accountsWrongSize } from './probes/accounts-wrong-size'
import { atsFilterEmail } from './probes/ats-filter-email'
import { atsFilterJob } from './probes/ats-filter-job'
import { atsFilterStatus } from './probes/ats-filter-status'
import { atsGet } from './probes/ats-get'
import { atsList } from './probes/ats-list'
import { atsOnDemand } from './probes/ats-on-demand'
import { atsProperties } from './probes/ats-properties'
import { atsRaw } from './probes/ats-raw'
import { atsRemoteId } from './probes/ats-remote-id'
import { atsSyncToken } from './probes/ats-sync-token'
import { atsUnknownId } from './probes/ats-unknown-id'
import { bodyCompressed } from './probes/body-compressed'
import { bodyContentType } from './probes/body-content-type'
import { bodyEmpty } from './probes/body-empty'
import { bodyMalformed } from './probes/body-malformed'
import { bodyTooDeep } from './probes/body-too-deep'
import { bodyTooLarge } from './probes/body-too-large'
import { checksCreatePackage } from './probes/checks-create-package'
import { checksDeletePackage } from './probes/checks-delete-package'
import { checksKeepProperties } from './probes/checks-keep-properties'
import { checksMergePackage } from './probes/checks-merge-package'
import { checksOrder } from './probes/checks-order'
import { checksOtherKind } from './probes/checks-other-kind'
import { checksRemoteId } from './probes/checks-remote-id'
import { checksRepeat } from './probes/checks-repeat'
import { checksResult } from './probes/checks-result'
import { checksSharedIds } from './probes/checks-shared-ids'
import { checksUpdatePackage } from './probes/checks-update-package'
import { errorsBody } from './probes/errors-body'
import { errorsCodes } from './probes/errors-codes'
import { errorsMessages } from './probes/errors-messages'
import { headersTooLarge } from './probes/headers-too-large'
import { heartbeatApplied } from './probes/heartbeat-applied'
import { keyBearer } from './probes/key-bearer'
import { keyMissing } from './probes/key-missing'
import { keyWithoutColon } from './probes/key-without-colon'
import { keyWrong } from './probes/key-wrong'
import { ordersAllNull } from './probes/orders-all-null'
import { ordersAnswer } from './probes/orders-answer'
import { ordersApplicationStatus } from './probes/orders-application-status'
import { ordersConflict } from './probes/orders-conflict'
import { ordersErrorCode } from './probes/orders-error-code'
import { ordersHalfCharacter } from './probes/orders-half-character'
import { ordersLongId } from './probes/orders-long-id'
import { ordersNewId } from './probes/orders-new-id'
import { ordersOwnId } from './probes/orders-own-id'
import { ordersRepeat } from './probes/orders-repeat'
import { ordersTestUrl } from './probes/orders-test-url'
import { ordersUnknownKept } from './probes/orders-unknown-kept'
import { ordersViolationWords } from './probes/orders-violation-words'
import { ordersViolations } from './probes/orders-violations'
import { ordersWrongType } from './probes/orders-wrong-type'
import { packagesGet } from './probes/packages-get'
import { packagesList } from './probes/packages-list'
import { packagesRaw } from './probes/packages-raw'
import { packagesRemoteId } from './probes/packages-remote-id'
import { packagesUnknownId } from './probes/packages-unknown-id'
import { pagingDefaultSize } from './probes/paging-default-size'
import { pagingNext } from './probes/paging-next'
import { pagingSizeMessage } from './probes/paging-size-message'
import { pagingWrongCursor } from './probes/paging-wrong-cursor'
import { pagingWrongDate } from './probes/paging-wrong-date'
import { pagingWrongPage } from './probes/paging-wrong-page'
import { pagingWrongSize } from './probes/paging-wrong-size'
import { pathHost } from './probes/path-host'
import { pathMalformed } from './probes/path-malformed'
import { pathMethod } from './probes/path-method'
import { pathPreflight } from './probes/path-preflight'
import { pathSlashes } from './probes/path-slashes'
import { pathUnknown } from './probes/path-unknown'
import { pathUnsupported } from './probes/path-unsupported'
import { precedenceAccountBody } from './probes/precedence-account-body'
import { precedenceKeyAccount } from './probes/precedence-key-account'
import { precedenceKeyBody } from './probes/precedence-key-body'
import { precedencePathKey } from './probes/precedence-path-key'
import { queryDateForms } from './probes/query-date-forms'
import { queryFields } from './probes/query-fields'
import { queryFilter } from './probes/query-filter'
import { queryOldParameters } from './probes/query-old-parameters'
import { queryOnlyNewer } from './probes/query-only-newer'
import { queryUnknownFields } from './probes/query-unknown-fields'
import { resultsAnswer } from './probes/results-answer'
import { resultsCandidate } from './probes/results-candidate'
import { resultsContentType } from './probes/results-content-type'
import { resultsDate } from './probes/results-date'
import { resultsMerge } from './probes/results-merge'
import { resultsNothingKnown } from './probes/results-nothing-known'
import { resultsOwnId } from './probes/results-own-id'
import { resultsRemoteId } from './probes/results-remote-id'
import { resultsUnknownOrder } from './probes/results-unknown-order'
import { resultsUnknownProperties } from './probes/results-unknown-properties'
import { resultsUnknownValue } from './probes/results-unknown-value'
import { resultsValues } from './probes/results-values'
import { withdrawnNoResult } from './probes/withdrawn-no-result'
import { withdrawnOrder } from './probes/withdrawn-order'
import { withdrawnResult } from './probes/withdrawn-result'
import type { Probe } from './probe'

/** All probes, in the order in which they run: those that read come first. */
export const probes: readonly Probe[] = [
  keyMissing,
  keyWrong,
  keyBearer,
  keyWithoutColon,
  accountMissing,
  accountMessage,
  accountUnknown,
  accountTooLong,
  precedenceKeyAccount,
  precedenceKeyBody,
  precedenceAccountBody,
  precedencePathKey,
  errorsBody,
  errorsCodes,
  errorsMessages,
  bodyMalformed,
  bodyCompressed,
  bodyTooLarge,
  headersTooLarge,
  pathUnknown,
  pathMethod,
  pathPreflight,
  pathSlashes,
  pathMalformed,
  pathHost,
  pathUnsupported,
  heartbeatApplied,
  packagesList,
  packagesGet,
  packagesRaw,
  packagesRemoteId,
  packagesUnknownId,
  pagingDefaultSize,
  pagingNext,
  pagingWrongSize,
  pagingSizeMessage,
  pagingWrongPage,
  pagingWrongCursor,
  pagingWrongDate,
  queryFields,
  queryUnknownFields,
  queryOldParameters,
  queryFilter,
  queryOnlyNewer,
  queryDateForms,
  atsList,
  atsGet,
  atsRaw,
  atsRemoteId,
  atsUnknownId,
  atsProperties,
  atsFilterEmail,
  atsFilterJob,
  atsFilterStatus,
  atsOnDemand,
  atsSyncToken,
  accountsList,
  accountsGet,
  accountsKey,
  accountsFilters,
  accountsPages,
  accountsWrongSize,
  accountsOrder,
  accountsUnknownId,
  ordersAnswer,
  ordersOwnId,
  ordersTestUrl,
  ordersAllNull,
  ordersNewId,
  ordersRepeat,
  ordersConflict,
  ordersUnknownKept,
  ordersWrongType,
  ordersViolations,
  ordersViolationWords,
  ordersErrorCode,
  ordersApplicationStatus,
  ordersLongId,
  ordersHalfCharacter,
  bodyEmpty,
  bodyContentType,
  bodyTooDeep,
  withdrawnOrder,
  withdrawnNoResult,
  resultsAnswer,
  resultsValues,
  resultsUnknownValue,
  resultsContentType,
  resultsDate,
  resultsUnknownProperties,
  resultsNothingKnown,
  resultsRemoteId,
  resultsUnknownOrder,
  resultsMerge,
  resultsCandidate,
  resultsOwnId,
  withdrawnResult,
  checksOrder,
  checksRepeat,
  checksRemoteId,
  checksResult,
  checksSharedIds,
  checksOtherKind,
  checksCreatePackage,
  checksKeepProperties,
  checksUpdatePackage,
  checksMergePackage,
  checksDeletePackage,
]
