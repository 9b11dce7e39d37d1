import { type Operation, operations } from '../../../../schemas/control/requests'
import { changeable } from '../../../ats/ats'
import { resourceNames } from '../../../ats/resources'

export const packageLists: readonly Operation[] = ['packages.list', 'background_checks.packages.list']
const atsLists: readonly Operation[] = resourceNames.map((name) => `${name}.list` as const)
export const atsGets: readonly Operation[] = resourceNames.map((name) => `${name}.get` as const)
export const atsReads = [...atsLists, ...atsGets]
export const changeableReads = changeable.flatMap((name) => [`${name}.list`, `${name}.get`] as const)
export const withdrawn: readonly Operation[] = ['orders.get', 'results.get']
export const readOfPackages: readonly Operation[] = [
  ...packageLists,
  'packages.get',
  'background_checks.packages.get',
  ...withdrawn,
]
export const listed = [...packageLists, ...atsLists]
export const read = [...readOfPackages, ...atsReads]
export const linked: readonly Operation[] = ['accounts.list', 'accounts.get']
export const withAccount = operations.filter((operation) => !linked.includes(operation))
export const ordered: readonly Operation[] = ['orders.create', 'background_checks.orders.create']
export const reported: readonly Operation[] = ['results.update', 'background_checks.results.update']
export const ofOrders: readonly Operation[] = [...ordered, ...reported]
export const onePackage: readonly Operation[] = [
  'background_checks.packages.get',
  'background_checks.packages.update',
  'background_checks.packages.delete',
]
export const changedPackages: readonly Operation[] = [
  'background_checks.packages.create',
  'background_checks.packages.update',
  'background_checks.packages.delete',
]
/** Those with a body. */
export const written: readonly Operation[] = [
  ...ofOrders,
  'background_checks.packages.create',
  'background_checks.packages.update',
]
