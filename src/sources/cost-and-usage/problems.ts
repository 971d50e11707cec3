import { message, type Param, type Problem } from '../../language/index.ts'

/** A problem of a file of this source; `cost-and-usage.<code>.fix` says what to do where there is something to do. */
export function problem(code: string, file: string, params: Record<string, Param> = {}, fix = false): Problem {
  const id = code.includes('.refused.') || code.includes('.note.') ? code : `cost-and-usage.${code}`
  return {
    code: id,
    where: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
    message: message(id, params),
    ...(fix ? { fix: message(`${id}.fix`) } : {}),
  }
}
