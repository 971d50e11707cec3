/** Shows an end of the finding looked at, and gives it the keyboard. */
export function showEnd(end: number): void {
  show(document.getElementById(`finding-end-${end}`) ?? undefined)
}

/** Brings a finding's place into view; it stays where it is when it can be seen. */
export function showFinding(fingerprint: string): void {
  const place = document.getElementById('finding-end-0') ?? document.getElementById(`finding-${fingerprint}`)
  if (place && !isInView(place)) place.scrollIntoView({ block: 'center' })
}

/** Shows a line of the document, or the nearest above it. */
export function showLine(line: number): void {
  const lines = [...document.querySelectorAll<HTMLElement>('.agreement-document [data-line]')]
  show(lines.filter((each) => Number(each.dataset.line) <= line).at(-1) ?? lines[0])
}

function show(element: HTMLElement | undefined): void {
  element?.scrollIntoView({ block: 'center' })
  element?.focus({ preventScroll: true })
}

function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return top >= 60 && bottom <= window.innerHeight
}
