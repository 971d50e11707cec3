/** Ways of writing the same agreement otherwise; what is read must not change. */

/** The order of second-level sections turned round; the first (the header) stays. */
export function reorderSections(text: string): string {
  const [head = '', ...sections] = text.split(/(?=^## )/m)
  const footer = /\n---\n+\*\*Document[\s\S]*$/.exec(text)?.[0] ?? ''
  const clean = sections.map((each) => each.replace(footer, '').trimEnd())
  return `${[head.trimEnd(), clean[0], ...clean.slice(1).reverse()].join('\n\n')}\n${footer}`
}

/** Columns of every table turned round. */
export function swapColumns(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      if (!/^\|.*\|\s*$/.test(line)) return line
      const cells = line.trim().slice(1, -1).split('|')
      const [first = '', ...rest] = cells
      return `|${[first, ...rest.reverse()].join('|')}|`
    })
    .join('\n')
}

/** A column that nobody asked for at the end of every table. */
export function addColumn(text: string): string {
  let row = 0
  return text
    .split('\n')
    .map((line) => {
      if (!/^\|.*\|\s*$/.test(line)) {
        row = 0
        return line
      }
      row += 1
      return `${line.trimEnd()} ${row === 1 ? 'Ref.' : row === 2 ? '---' : `§ ${row}`} |`
    })
    .join('\n')
}

/** Headings and columns of the example in Spanish words, the rest as it was. */
export const RENAMED: [RegExp, string][] = [
  [/Spend Commitment|Consumption Commitment/g, 'Compromiso de consumo'],
  [/Minimum Annual Spend|Minimum Spend/g, 'Consumo mínimo'],
  [/\| Discount( Tier)? \|/g, '| Descuento |'],
  [/Prices of the Services|Service Pricing/g, 'Precios de los servicios'],
  [/Service Level Commitments|Service Levels/g, 'Niveles de servicio'],
  [/Consequence|Penalty/g, 'Consecuencia'],
]

/** Money and percentages in other forms. */
export const REFORMED: [RegExp, string][] = [
  [/\$3M\b/g, 'US$3,0 M'],
  [/\$4M\b/g, '4M USD'],
  [/\$5M\b/g, '5.000.000'],
  [/99\.99%/g, '99,99 %'],
]

/** Applies replacements one after another. */
export function replaceAll(text: string, pairs: [RegExp, string][]): string {
  return pairs.reduce((each, [from, to]) => each.replace(from, to), text)
}
