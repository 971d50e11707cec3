import { type Cell, plain } from '../../agreement/index.ts'

// Unit as named in terms → how texts write it, without accents. `min` alone may mean "minimum", so it needs "per" before it.
const UNITS: [string, RegExp][] = [
  ['minute', /\bminut(?:e|es|o|os)\b|(?:\bper|\bpor|\/)\s*min\b/],
  ['second', /\b(?:per|por) (?:second|segundo)\b/],
  ['subscriber', /\bsubscribers?\b|\bsuscriptor(?:es)?\b|\babonad[oa]s?\b/],
  ['seat', /\bseats?\b|\bpuestos?\b|\basientos?\b/],
  ['agent', /\bagents?\b|\bagentes?\b/],
  ['user', /\busers?\b|\busuari[oa]s?\b/],
  ['licence', /\blicen[cs]es?\b|\blicencias?\b/],
  ['GB', /\bgi?bs?\b|\bgigabytes?\b/],
  ['TB', /\bti?bs?\b|\bterabytes?\b/],
  ['port', /\bports?\b|\bpuertos?\b/],
  ['data', /\bdata\b(?! (?:centre|center))|\bdatos\b|\btransferencia\b|\begress\b/],
  ['request', /\b(?:api )?requests?\b|\bsolicitud(?:es)?\b|\bpeticion(?:es)?\b/],
  ['message', /\bmessages?\b|\bmensajes?\b|\bsms\b/],
  ['call', /\b(?:per|por) (?:call|llamada)\b|\bcalls\b|\bllamadas\b/],
  ['contact', /\b(?:per|por) (?:contact|contacto)\b/],
  ['session', /\bsessions?\b|\bsesion(?:es)?\b/],
  ['event', /\b(?:per|por) (?:event|evento)\b/],
  ['transaction', /\btransactions?\b|\btransaccion(?:es)?\b/],
  [
    'hour',
    /\b(?:per|por|a|la) (?:instance[- ])?(?:hour|hora)\b|\/\s*(?:h|hr|hour|hora)\b|\b(?:instance|vcpu|node)[- ]hours?\b|\bhours?\b|\bhoras?\b/,
  ],
  ['instance', /\b(?:per|por) (?:instance|instancia|deployment|despliegue)\b/],
  ['vCPU', /\bv?cpus?\b/],
  ['number', /\b(?:per|por) (?:phone )?(?:number|numero)\b/],
  ['account', /\b(?:per|por) (?:account|cuenta)\b/],
  ['customer', /\b(?:per|por) (?:customer|client|cliente)\b/],
]

/** Units that the words charge by, in the order of the text (PRI-2): "Per minute + subscribers" gives minute, subscriber. */
export function unitsIn(cells: readonly (Cell | undefined)[]): string[] {
  const text = cells.map((cell) => plain(cell?.text ?? '')).join(' | ')
  return UNITS.map(([unit, words]) => ({ unit, at: text.search(words) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ unit }) => unit)
}
