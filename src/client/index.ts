import createClient, { type Client } from 'openapi-fetch'
import type { components, paths } from './paths.ts'

export type { components, paths } from './paths.ts'

/** A named part of what the interface gives, such as `ClauseLine`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name]

/** How to speak to a server. */
export interface ClientOptions {
  /** Such as `http://localhost:4600`; in a browser the page's own server when absent. */
  server?: string
  /** An API token. */
  token?: string
  fetch?: (request: Request) => Promise<Response>
}

/** A typed client of the whole interface: `client.GET('/api/v1/overview', { params: { query: { 'as-of': day } } })`. */
export function convenioClient({ server = '/', token, fetch }: ClientOptions = {}): Client<paths> {
  return createClient<paths>({
    baseUrl: server,
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    ...(fetch === undefined ? {} : { fetch }),
  })
}
