/** What the document says of a read that StackOne's own documents no longer have (contract: Operations). */
export const withdrawn = {
  deprecated: true,
  description:
    'StackOne has withdrawn this read: it is in none of its documents any more. The sandbox still answers it',
}
