import { resourceNames } from '../../../ats/resources'

const prefix = '/unified/ats'
export const accountsPath = '/accounts'
export const ordersPath = `${prefix}/assessments/orders`
export const packagesPath = `${prefix}/assessments/packages`
export const checkOrdersPath = `${prefix}/background_checks/orders`
export const checkPackagesPath = `${prefix}/background_checks/packages`
/** Both lists of packages. */
export const packageLists = [packagesPath, checkPackagesPath]
export const atsPath = (resource: string): string => `${prefix}/${resource}`
/** The lists of the ATS. */
export const atsLists = resourceNames.map(atsPath)
/** A list of each kind that has all query parameters of lists. */
export const someLists = [...packageLists, atsPath('jobs')]

/** `value` as a part of a path or a query. */
export const part = encodeURIComponent
