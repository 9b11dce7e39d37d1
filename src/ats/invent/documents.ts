import type { Ref } from './draw'
import type { Person } from './people'

const pdf = { value: 'pdf', source_value: 'application/pdf' } as const

const kinds = {
  resume: { title: 'Résumé', file: 'resume.pdf', category: 'Résumés' },
  cover_letter: { title: 'Cover letter', file: 'cover-letter.pdf', category: 'Letters' },
} as const

/** A file that came with an application: once as a document, once as the older attachment. */
export function inventFile(
  kind: keyof typeof kinds,
  { id, remote_id }: Ref,
  { firstName, lastName, slug }: Person,
  sentAt: string,
) {
  const { title, file, category } = kinds[kind]
  const url = `https://example.com/files/${remote_id}/${slug}-${file}`
  return {
    document: {
      id,
      remote_id,
      name: `${title} of ${firstName} ${lastName}`,
      category: { value: kind, source_value: category },
      contents: [{ url, unified_url: null, file_format: pdf }],
      category_id: kind,
      remote_url: url,
      file_format: pdf,
      type: { value: kind, source_value: title },
      created_at: sentAt,
      updated_at: sentAt,
    },
    attachment: { file_name: `${slug}-${file}`, content: null, url, content_type: pdf },
  }
}
