import { contract } from '../../check'
import { expectStatus } from '../expect'
import { report } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsContentType: Probe = {
  id: 'results-content-type',
  title: 'An attachment with an unknown content type is refused',
  why: 'A provider that sends a value of its own needs to know.',
  expected: '400',
  source: contract('Results', 'documented'),
  isWriting: true,
  async run(context) {
    const attachment = { url: 'https://provider.example.com/report.pdf', content_type: { value: 'verify_unknown' } }
    expectStatus(await report(context, { attachments: [attachment] }), 400)
  },
}
