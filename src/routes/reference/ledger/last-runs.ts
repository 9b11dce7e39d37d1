/**
 * The day on which each probe was last run against the real service, by its id. Nobody has done so yet. A date comes from
 * a report of `assessments-sandbox verify` (docs/reference/fidelity.md).
 */
export const lastRuns: Readonly<Record<string, string>> = {}
