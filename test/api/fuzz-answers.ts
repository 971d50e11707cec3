import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { FuzzRequest } from './fuzz-requests.ts'

type Json = Record<string, unknown>

/** What came back of a request. */
export interface FuzzAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  ms: number
}

/** Longest that an answer may take. */
export const LONGEST_MS = 10_000

/** Says what is wrong with an answer, by the document; undefined for one that keeps it. */
export function judgeOf(document: Json): (request: FuzzRequest, answer: FuzzAnswer) => string | undefined {
  const ajv = addFormats.default(new Ajv.default({ strict: false }))
  ajv.addSchema({ $id: 'doc', ...document })
  const problem = ajv.compile({ $ref: 'doc#/components/schemas/Problem' })
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>()
  const answerOf = ({ operation: { path, method, id } }: FuzzRequest, status: number) => {
    const at = [path, method.toLowerCase()]
      .map((each) => encodeURIComponent(each.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/')
    const check =
      compiled.get(id) ?? ajv.compile({ $ref: `doc#/paths/${at}/responses/${status}/content/application~1json/schema` })
    compiled.set(id, check)
    return check
  }
  return (request, { status, headers, text, ms }) => {
    if (ms > LONGEST_MS) return `took ${Math.round(ms)} ms`
    if (status >= 500 && !isClosedHere(request, text)) return `status ${status}`
    // What is no HTTP has no headers of ours: Node answers it before a request exists.
    if (text === '' && (status === 400 || status === 431)) return undefined
    if (headers['x-content-type-options'] !== 'nosniff') return 'sniffed'
    const type = String(headers['content-type'] ?? '')
    if (status >= 400) {
      if (!type.startsWith('application/problem+json')) return `${status} as ${type}`
      const body: unknown = JSON.parse(text)
      if (!problem(body)) return `problem: ${ajv.errorsText(problem.errors)}`
      return (body as { status: number }).status === status ? undefined : 'status of the problem'
    }
    if (status === 304) return text === '' ? undefined : '304 with a body'
    const promised = request.operation.responses[String(status)]
    if (!promised) return `status ${status} is not promised`
    if (!promised.content) return text === '' ? undefined : 'a body that is not promised'
    const plain = type.split(';')[0] as string
    if (!promised.content[plain]) return `type ${plain} is not promised`
    if (plain !== 'application/json') return undefined
    const check = answerOf(request, status)
    return check(JSON.parse(text)) ? undefined : `answer: ${ajv.errorsText(check.errors)}`
  }
}

// A company's provider that is not there is no fault of ours.
function isClosedHere({ operation }: FuzzRequest, text: string): boolean {
  return /openid/i.test(operation.id) && text.includes('urn:convenio:problem:identity')
}
