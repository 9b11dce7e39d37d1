import { isDateTime } from '../date-time'

/** Dates are read in the same way everywhere. */
export const formats = { 'date-time': isDateTime }
