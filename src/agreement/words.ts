// The same headings, labels and phrases are compared again and again; a bound keeps a long-running process small.
const MOST_REMEMBERED = 50_000

// Most of the vocabulary is written in its plain form already.
const ALREADY_PLAIN = /^[a-z][a-z0-9]*(?: [a-z0-9]+)*$/

function remembered(make: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    if (ALREADY_PLAIN.test(text)) return text
    let made = known.get(text)
    if (made === undefined) {
      if (known.size >= MOST_REMEMBERED) known.clear()
      made = make(text)
      known.set(text, made)
    }
    return made
  }
}

/** Lower case, without accents, quotes, emphasis or doubled blanks: the form in which vocabulary is compared. */
export const plain = remembered((text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[“”«»"'`*]/g, '')
    .replace(/\s+/g, ' ')
    .trim(),
)

/** As `plain`, with punctuation and bracketed remarks gone: for headings, column names and labels. */
export const plainLabel = remembered((text) =>
  plain(text)
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/^\s*(?:\d+(?:\.\d+)*\.?|[ivx]+\.|[a-z]\))\s+/, '')
    .replace(/[.,:;!?¿¡#%$€£/&–—_-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim(),
)

/** A stable id part: letters and digits joined by dashes. */
export function slug(text: string): string {
  return (
    plain(text)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'x'
  )
}

/** Whether `phrase` stands in `text` as whole words; both already plain. */
export function holdsPhrase(text: string, phrase: string): boolean {
  if (phrase === '') return false
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const end = at + phrase.length
    if ((at === 0 || text[at - 1] === ' ') && (end === text.length || text[end] === ' ')) return true
  }
  return false
}

/** Whether a row's label says that the row sums up others: `Total`, `Subtotal`, `Suma`, `Total general`. */
export function namesTotal(label: string): boolean {
  return /^(?:(?:grand|overall|sum) )?(?:sub ?totals?|totals?|totales|suma|sum)(?: (?:general|anual|annual|mensual|monthly|amount|budget|funding|funds|monto|presupuesto|estimado|estimated|a pagar|de .*|of .*|per .*|por .*|al .*))?$/.test(
    plainLabel(label),
  )
}
