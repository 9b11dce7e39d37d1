import t from 'tap'
import { messageOf } from '../../src/deliveries/attempt'

t.test('a kept message has its first 64 Ki characters, and no half of a character at its end', (t) => {
  const fits = 'é'.repeat(64 * 1024)
  t.strictSame(messageOf({ host: '127.0.0.1' }, fits), { headers: { host: '127.0.0.1' }, body: fits, isCut: false })
  t.equal(messageOf({}, fits, true).isCut, true)
  // That no reference to the whole text is kept can't be seen without measuring the heap. But the copy is made through
  // UTF-8, which knows no half of a surrogate pair: a mere slice would end with one.
  const most = 'x'.repeat(64 * 1024 - 1)
  const { body, isCut } = messageOf({}, `${most}😀 and more`)
  t.equal(isCut, true)
  t.equal(body.length, 64 * 1024)
  t.equal(body, `${most}\ufffd`)
  t.end()
})
