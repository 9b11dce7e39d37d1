/** The item at an index that exists by construction. */
export const itemAt = <T>(items: readonly T[], i: number): T => items[i] as T
