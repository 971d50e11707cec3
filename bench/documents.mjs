/** Makes an agreement of about `count` clauses: tables of every kind, repeated with other names, with prose between. */
export function largeAgreement(count) {
  const parts = [
    '# Large Cloud Agreement',
    '',
    '| Field | Details |',
    '|---|---|',
    '| Parties | Andes Cloud SpA / Amazon Web Services EMEA SARL |',
    '| Effective Date | 1 July 2023 |',
    '| Term | 3 years |',
    '',
  ]
  let made = 3
  for (let part = 1; made < count; part += 1) {
    const take = (most) => Array.from({ length: Math.min(most, Math.max(0, count - made)) }, (_, at) => at + 1)
    const add = (lines, rows) => {
      parts.push(...lines, ...rows, '')
      made += rows.length
    }
    parts.push(`## Part ${part}`, '')
    add(
      ['### Service Pricing', '', '| Service | Pricing Model | Est. Monthly |', '|---|---|---|'],
      take(20).map((n) => `| Service ${part}-${n} | Per minute | $${n}K |`),
    )
    add(
      ['### Service Levels', '', '| Metric | Target | Penalty |', '|---|---|---|'],
      take(20).map((n) => `| Availability of part ${part}-${n} | 99.${n + 10}% | Credit |`),
    )
    add(
      ['### Joint Activities', '', '| Activity | Frequency | Owner |', '|---|---|---|'],
      take(20).map((n) => `| Workshop ${part}-${n} | Monthly | Joint |`),
    )
    add(
      ['### Shared Responsibility', '', '| Area | AWS | Andes |', '|---|---|---|'],
      take(20).map((n) => `| Area ${part}-${n} | ✓ | - |`),
    )
    add(
      ['### Obligations', ''],
      take(20).map((n) => `- The Partner shall deliver report ${part}-${n} by 31 December 2025.`),
    )
  }
  return parts.join('\n')
}
