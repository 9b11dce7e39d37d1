/** How the OpenAPI document marks a read that StackOne has withdrawn (docs/contract.md: Operations). */
export const withdrawn = {
  deprecated: true,
  description:
    'StackOne has withdrawn this read: it is in none of its documents any more. The sandbox still answers it',
}
