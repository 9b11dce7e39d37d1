/** The server has nothing to judge, such as a package, or is busy. The message says why, as a part of a sentence. */
export class CannotTell extends Error {
  override readonly name = 'CannotTell'
}
