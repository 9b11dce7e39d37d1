/** A description apart from its list of how well each behaviour is known, which the document appends to it. */
export function splitFidelity(description: string): { lead: string; list: string; count: number } {
  const start = description.indexOf('\n\n- **')
  if (start < 0) return { lead: description, list: '', count: 0 }
  const list = description.slice(start).trim()
  return {
    lead: description.slice(0, start).replace(/\s*(How sure it is|Beyond single endpoints):$/, ''),
    list,
    count: list.split('\n').length,
  }
}
