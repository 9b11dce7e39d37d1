/** A body that no server can accept: it is cut off. */
export const malformed = '{"id": '

/** Somebody who does not exist, in a domain that is nobody's. */
export const candidate = {
  id: 'verify-candidate',
  first_name: 'Vera',
  last_name: 'Invented',
  emails: [{ type: 'personal', value: 'vera.invented@example.com' }],
}
