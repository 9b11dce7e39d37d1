/** What an employer says of itself in its job postings. */
export const selfPortraits: readonly string[] = [
  'We make software that helps small bakeries plan their day, from the first dough to the last delivery.',
  'We run the booking system behind four hundred village halls, sports clubs and community kitchens.',
  'We repair what others throw away: our workshops give old machines, radios and bicycles a second life.',
  'We help public libraries lend everything from novels to power drills, and get it all back on time.',
  'We plan school bus routes, so that children sleep longer and drivers finish earlier.',
  'We build the tools with which nurses, carers and families agree on who visits whom, and when.',
]
