// Draws what the command line prints as SVG pictures for the README: npm start, then node scripts/draw-terminal.mjs
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { inRoot } from './parts/paths.mjs'

const THEMES = {
  dark: {
    paper: '#0d1117',
    ink: '#e6edf3',
    31: '#ff7b72',
    32: '#56d364',
    33: '#e3b341',
    36: '#79c0ff',
    dim: '#8b949e',
  },
  light: {
    paper: '#ffffff',
    ink: '#1f2328',
    31: '#cf222e',
    32: '#116329',
    33: '#7d4e00',
    36: '#0550ae',
    dim: '#636c76',
  },
}
const ESCAPE = String.fromCharCode(27)
const CODES = new RegExp(`(${ESCAPE}\\[[\\d;]*m)`)
const CODE = new RegExp(`^${ESCAPE}\\[([\\d;]*)m$`)
const [WIDTH, CHARACTER, LINE, MARGIN] = [80, 8.4, 19, 16]

// The installation that npm start makes.
const DATA = '.convenio/example/data'
const PICTURES = [
  { name: 'check', args: ['check', 'agreements/wom-aws-chile', '--as-of', '2025-01-31'], lines: [0, 46] },
  { name: 'import', args: ['import', '.convenio/example/files', '--data', DATA, '--dry-run'], lines: [0, 60] },
  {
    name: 'standing',
    args: ['standing', '--data', DATA, '--as-of', '2025-01-31', '--known-at', '2026-11-28'],
    lines: [0, 60],
  },
  { name: 'evidence', args: ['evidence', '--data', DATA, '--as-of', '2025-01-31'], lines: [0, 60] },
  {
    name: 'why',
    args: ['why', 'commitment/year-2', '--data', DATA, '--as-of', '2025-01-31'],
    lines: [0, 44],
  },
]

mkdirSync(inRoot('docs', 'screens'), { recursive: true })
for (const { name, args, lines } of PICTURES) {
  for (const language of ['en', 'es']) {
    const env = { ...process.env, FORCE_COLOR: '1', COLUMNS: String(WIDTH), CONVENIO_LANGUAGE: language }
    delete env.NO_COLOR
    const { stdout } = spawnSync(process.execPath, [inRoot('dist', 'cli', 'main.js'), ...args], {
      cwd: inRoot(),
      env,
      encoding: 'utf8',
    })
    const shown = [
      ...commandLines(args),
      '',
      ...stdout
        .trimEnd()
        .split('\n')
        .slice(...lines),
    ]
    for (const [theme, colours] of Object.entries(THEMES)) {
      writeFileSync(
        inRoot('docs', 'screens', `${name}.${language}.${theme}.svg`),
        draw(`convenio ${name}`, shown, colours),
      )
    }
  }
}

/** The command as a person would type it, continued where it is wider than the picture. */
function commandLines(args) {
  const lines = ['$ convenio']
  for (const word of args) {
    if (`${lines.at(-1)} ${word} \\`.length > WIDTH) {
      lines[lines.length - 1] += ' \\'
      lines.push(`    ${word}`)
    } else lines[lines.length - 1] += ` ${word}`
  }
  return lines
}

function draw(title, lines, colours) {
  const [width, height] = [Math.ceil(WIDTH * CHARACTER + 2 * MARGIN), lines.length * LINE + 2 * MARGIN]
  const rows = lines.map(
    (line, at) =>
      `<text x="${MARGIN}" y="${MARGIN + (at + 0.8) * LINE}" xml:space="preserve">${runsOf(line, colours)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${colours.paper}"/>
<g font-family="'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="${colours.ink}">
${rows.join('\n')}
</g>
</svg>
`
}

/** One line as coloured pieces, each at its own column so that any monospaced font keeps them in line. */
function runsOf(line, colours) {
  let [bold, dim, colour, column] = [false, false, undefined, 0]
  return line
    .split(CODES)
    .map((part) => {
      const codes = CODE.exec(part)?.[1]?.split(';').map(Number)
      if (codes) {
        for (const code of codes) {
          if (code === 0 || code === 22) [bold, dim] = [false, false]
          if (code === 0 || code === 39) colour = undefined
          if (code === 1) bold = true
          if (code === 2) dim = true
          if (colours[code]) colour = colours[code]
        }
        return ''
      }
      if (part === '') return ''
      const fill = colour ?? (dim ? colours.dim : undefined)
      const style = `${fill ? ` fill="${fill}"` : ''}${bold ? ' font-weight="bold"' : ''}`
      const x = (MARGIN + column * CHARACTER).toFixed(1)
      column += part.length
      return `<tspan x="${x}" textLength="${(part.length * CHARACTER).toFixed(1)}" lengthAdjust="spacingAndGlyphs"${style}>${escaped(part)}</tspan>`
    })
    .join('')
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
