/** Ends the command with a code, after everything was said. 1: findings or a refused input; 2: wrong usage. */
export class Exit extends Error {
  readonly code: number

  constructor(code: number, text = '') {
    super(text)
    this.code = code
  }
}
