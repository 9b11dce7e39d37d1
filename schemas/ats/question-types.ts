/** Kinds of questions and of their answers; a closed list. */
export const questionTypes = [
  'short_text',
  'long_text',
  'attachment',
  'multi_select',
  'single_select',
  'boolean',
  'number',
  'date',
  'video',
  'reference_check',
  'url',
  'unmapped_value',
] as const
