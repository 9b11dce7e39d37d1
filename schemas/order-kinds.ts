/** What is ordered: both kinds behave alike, and share the ids of an account. */
export const orderKinds = ['assessment', 'background_check'] as const

export type OrderKind = (typeof orderKinds)[number]

/** A kind in the middle of a sentence. */
export const kindInWords = (kind: OrderKind): string => kind.replace('_', ' ')
