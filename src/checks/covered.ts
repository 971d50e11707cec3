import { type Clause, plain } from '../agreement/index.ts'
import { type ServiceTerms, service } from '../clauses/service/index.ts'
import type { CheckContext } from './room.ts'
import { pricedRows } from './run-rate.ts'
import { wordsOf } from './tables.ts'

const COVERED_HEADING =
  /\b(?:covered|included|in-scope) services\b|\bservices (?:covered|in scope)\b|\bservicios (?:cubiertos|incluidos|comprendidos|contratados)\b/
// "The services in this table are the covered services", "los servicios de la tabla anterior son los cubiertos".
const TABLE_COVERS =
  /\b(?:services|products|rows|servicios|productos|filas)\b.{0,60}\b(?:table|list(?:ed)?|priced|above|below|tabla|lista(?:dos)?|cuadro|anterior(?:es)?|siguientes?)\b.{0,60}\b(?:covered|in scope|within the scope|cubiert[oa]s|comprendid[oa]s|alcance)\b|\b(?:covered|cubiertos|comprendidos)\b.{0,40}\b(?:are|son)\b.{0,40}\b(?:priced|table|listed|tabla|lista|cuadro)\b/

/** The services that the agreement covers; those of the price table when nothing lists others and heading or sentence says that they are. */
export function coveredServices(context: CheckContext): Clause<ServiceTerms>[] {
  const listed = context.clauses(service)
  if (listed.length > 0) return listed
  const rows = pricedRows(context)
  const said =
    rows.some((row) => COVERED_HEADING.test(plain(row.section.at(-1) ?? ''))) ||
    context.agreement.clauses.some((clause) => clause.cells.length <= 2 && TABLE_COVERS.test(plain(wordsOf(clause))))
  return said ? rows.map((row) => ({ ...row, terms: { service: row.terms.service } })) : []
}
