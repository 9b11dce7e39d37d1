import { isUtf8 } from 'node:buffer'

const marks = { utf8: [0xef, 0xbb, 0xbf], utf16: [0xff, 0xfe], utf16BigEndian: [0xfe, 0xff] }

const beginsWith = (bytes: Uint8Array, mark: readonly number[]) => mark.every((byte, i) => bytes[i] === byte)

/**
 * The bytes of a text file without the byte order mark that some editors write. Throws an Error if the text is not
 * UTF-8: PowerShell, for one, writes UTF-16.
 */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  if (beginsWith(bytes, marks.utf16) || beginsWith(bytes, marks.utf16BigEndian))
    throw new Error('it is UTF-16: save it as UTF-8')
  if (!isUtf8(bytes)) throw new Error('it is not UTF-8 text')
  return beginsWith(bytes, marks.utf8) ? bytes.subarray(marks.utf8.length) : bytes
}
