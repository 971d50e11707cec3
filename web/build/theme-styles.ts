import { createRequire } from 'node:module'
import type { Plugin } from 'vite'
import { COLOURS, OWN } from './palette.ts'

type Value = string | { [mode: string]: string }
interface Layer {
  selector?: string
  tokens: Record<string, Value>
}
interface Preset {
  theme: { tokens: Record<string, Value>; contexts: Record<string, Layer> }
  propertiesMap: Record<string, string>
}

const ID = 'virtual:theme.css'
const presetPath = '@cloudscape-design/components/internal/generated/theming/index.cjs'

/**
 * Our look as a style sheet made by the build: Cloudscape's own theming would bring its whole palette to the browser and
 * a style element that a strict content security policy refuses.
 */
export function themeStyles(): Plugin {
  return {
    name: 'convenio-theme',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => (id === `\0${ID}` ? styleSheet(loadPreset()) : undefined),
  }
}

function loadPreset(): Preset {
  const require = createRequire(import.meta.url)
  const folder = require.resolve('@cloudscape-design/components/package.json').replace(/package\.json$/, '')
  return require(folder + presetPath.slice('@cloudscape-design/components/'.length)).preset as Preset
}

function styleSheet(preset: Preset): string {
  const tokens: Record<string, Value> = { ...preset.theme.tokens, ...COLOURS, ...OWN.tokens }
  const light = rulesFor(preset, tokens, 'light')
  const dark = rulesFor(preset, tokens, 'dark')
  return [
    `:root{${ownRules('light')}}`,
    `body{${light}}`,
    `.cv-table-wide{${ownTableRules(preset)}}`,
    `@media not print{.awsui-dark-mode{${ownRules('dark')}${dark}}}`,
  ].join('\n')
}

/** Every token that is ours or refers to one of ours. */
function rulesFor(preset: Preset, tokens: Record<string, Value>, mode: 'light' | 'dark'): string {
  const ours = new Set([...Object.keys(COLOURS), ...Object.keys(OWN.tokens)])
  const isTouched = (name: string, depth = 0): boolean => {
    if (ours.has(name)) return true
    const reference = referenceOf(valueIn(tokens[name], mode))
    return reference !== undefined && depth < 20 && isTouched(reference, depth + 1)
  }
  return Object.keys(tokens)
    .filter((name) => preset.propertiesMap[name] !== undefined && isTouched(name))
    .map((name) => `${preset.propertiesMap[name]}:${resolved(tokens, name, mode)};`)
    .join('')
}

function resolved(tokens: Record<string, Value>, name: string, mode: string): string {
  const value = valueIn(tokens[name], mode)
  const reference = referenceOf(value)
  return reference === undefined ? value : resolved(tokens, reference, mode)
}

function valueIn(value: Value | undefined, mode: string): string {
  if (typeof value === 'string' || value === undefined) return value ?? ''
  return value[mode] ?? value.comfortable ?? value.default ?? ''
}

function referenceOf(value: string): string | undefined {
  return /^\{([a-zA-Z0-9]+)\}$/.exec(value)?.[1]
}

function ownTableRules({ propertiesMap }: Preset): string {
  return Object.entries(OWN.table)
    .map(([name, value]) => `${propertiesMap[name]}:${value};`)
    .join('')
}

function ownRules(mode: 'light' | 'dark'): string {
  return Object.entries(OWN.colours)
    .map(([name, colours]) => `--cv-${name}:${colours[mode]};`)
    .join('')
}
