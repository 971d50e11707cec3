/** A PostgreSQL server of its own, from the npm package that carries its binaries. */
export interface Server {
  /** A new empty database of this server. */
  database(): Promise<string>
  stop(): Promise<void>
}

/** Starts a server on a free port of the loopback; it is gone with `stop` or with this process. */
export function startServer(): Promise<Server>

/** Gives a database to a login of its own that row-level security holds for; the address under that login. */
export function ownedDatabase(admin: string): Promise<string>
