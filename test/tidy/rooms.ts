import { parse } from 'yaml'
import { roomsOf } from './imports.ts'
import type { Tree } from './tree.ts'

/** What `rooms.yaml` says. */
export type Shapes = Record<string, { files: string[]; cases: boolean; more: string[] }>

interface Room {
  path: string
  folder: string
  /** Contents by path inside the room. */
  files: Map<string, string>
  /** Rule ids that its README defines. */
  rules: string[]
  cases: Case[]
  /** Its findings: which rules each code belongs to. */
  findings: Map<string, string[]>
}

interface Case {
  place: string
  rules: string[]
  /** Codes that the case expects; undefined when it says nothing about findings. */
  finds: string[] | undefined
}

/** A rule is defined where its id begins a line, a bullet, a heading or a table row. */
const DEFINITION = /^\s*(?:[-*+]\s+|\d+\.\s+|#{1,6}\s+|\|\s*)?[`*_]*([A-Z]{2,5}-\d{1,3})\b/gm

/** Says which rooms lack their shape, and which rules, findings and cases do not fit together. */
export function roomViolations(tree: Tree, shapes: Shapes): string[] {
  const rooms = readRooms(tree, shapes)
  return [...rooms.flatMap((room) => judgeRoom(room, shapes)), ...sharedIds(rooms)]
}

/** Every room with what the rules need to know of it. */
export function readRooms(tree: Tree, shapes: Shapes): Room[] {
  return Object.keys(shapes).flatMap((folder) => roomsOf(tree, folder).map((name) => readRoom(tree, folder, name)))
}

function readRoom(tree: Tree, folder: string, name: string): Room {
  const path = `src/${folder}/${name}`
  const inside = [...tree].filter(([file]) => file.startsWith(`${path}/`))
  const files = new Map(inside.map(([file, text]) => [file.slice(path.length + 1), text]))
  const readme = (files.get('README.md') ?? '').replace(/^```[\s\S]*?^```/gm, '')
  const rules = [...new Set([...readme.matchAll(DEFINITION)].map((match) => match[1] ?? ''))]
  const cases = [...files]
    .filter(([file]) => /^cases\/.*\.yaml$/.test(file))
    .flatMap(([file, text]) => readCases(file, text))
  return { path, folder, files, rules, cases, findings: readFindings(files.get('findings.yaml')) }
}

function judgeRoom(room: Room, shapes: Shapes): string[] {
  const faults = [...judgeShape(room, shapes), ...judgeCases(room)]
  if (room.folder === 'checks') faults.push(...judgeFindings(room), ...judgeCoverage(room))
  return faults.map((fault) => `${room.path} ${fault}`)
}

function judgeShape({ folder, files, cases, rules }: Room, shapes: Shapes): string[] {
  const shape = shapes[folder] ?? { files: [], cases: false, more: [] }
  const missing = shape.files.filter((file) => (files.get(file) ?? '').trim() === '')
  const modules = [...files.keys()].filter((file) => file.endsWith('.ts') && !shape.files.includes(file))
  const strange = modules.filter((file) => !shape.more.some((pattern) => matches(file, pattern)))
  return [
    ...missing.map((file) => `lacks ${file}`),
    ...strange.map((file) => `may not have ${file}`),
    ...(shape.cases && cases.length === 0 ? ['lacks cases/*.yaml'] : []),
    ...(shape.cases && files.has('README.md') && rules.length === 0 ? ['has a README.md without rule ids'] : []),
  ]
}

function matches(file: string, pattern: string): boolean {
  const [head = '', tail = ''] = pattern.split('*')
  return file.startsWith(head) && file.endsWith(tail)
}

function judgeCases({ cases, rules }: Room): string[] {
  const untested = cases.length === 0 ? [] : rules.filter((rule) => !cases.some((each) => each.rules.includes(rule)))
  return [
    ...cases.filter((each) => each.rules.length === 0).map((each) => `${each.place} names no rule`),
    ...cases.flatMap((each) =>
      each.rules
        .filter((rule) => !rules.includes(rule))
        .map((rule) => `${each.place} names ${rule}, which README.md does not define`),
    ),
    ...untested.map((rule) => `has no case for ${rule}`),
  ]
}

function judgeFindings({ path, findings, rules, cases }: Room): string[] {
  const family = path.split('/').at(-1)
  const named = new Set([...findings.values()].flat())
  const known = cases.flatMap((each) => (each.finds ?? []).map((code) => ({ ...each, code })))
  return [
    ...rules
      .filter((rule) => !named.has(rule))
      .map((rule) => `defines ${rule}, which no finding in findings.yaml names`),
    ...[...named]
      .filter((rule) => !rules.includes(rule))
      .map((rule) => `findings.yaml names ${rule}, which README.md does not define`),
    ...[...findings].filter(([, own]) => own.length === 0).map(([code]) => `findings.yaml names no rule for ${code}`),
    ...[...findings.keys()]
      .filter((code) => !code.startsWith(`${family}/`))
      .map((code) => `findings.yaml has ${code}, which does not begin with ${family}/`),
    ...known
      .filter(({ code }) => !findings.has(code))
      .map(({ place, code }) => `${place} expects ${code}, which findings.yaml lacks`),
  ]
}

/** A check that never fires, or always does, is as good as none. */
function judgeCoverage({ rules, cases, findings }: Room): string[] {
  return rules.flatMap((rule) => {
    const own = cases.filter((each) => each.rules.includes(rule))
    const fires = own.some((each) => each.finds?.some((code) => findings.get(code)?.includes(rule)))
    const silent = own.some((each) => each.finds?.length === 0)
    return [
      ...(fires ? [] : [`has no failing case for ${rule}`]),
      ...(silent ? [] : [`has no passing case for ${rule}`]),
    ]
  })
}

/** Ids are cited from everywhere, so no two rooms may share one. */
function sharedIds(rooms: Room[]): string[] {
  const owners = new Map<string, string>()
  return rooms.flatMap(({ path, rules, findings }) =>
    [...rules, ...findings.keys()].flatMap((id) => {
      const owner = owners.get(id)
      owners.set(id, owner ?? path)
      return owner === undefined ? [] : [`${path} uses ${id}, which belongs to ${owner}`]
    }),
  )
}

function readCases(file: string, text: string): Case[] {
  const content: unknown = parse(text)
  const items = Array.isArray(content) ? content : listOf((content as { cases?: unknown } | null)?.cases)
  return items.map((item: Record<string, unknown>, at) => ({
    place: `${file} "${item.name ?? at + 1}"`,
    rules: listOf(item.rule ?? item.rules).map(String),
    finds: findsOf(item),
  }))
}

function findsOf(item: Record<string, unknown>): string[] | undefined {
  const { finds, expect } = item
  if (finds !== undefined) return listOf(finds).map(codeOf)
  if (expect === 'none') return []
  if (Array.isArray(expect)) return expect.map(codeOf)
  const { code } = (typeof expect === 'object' && expect !== null ? expect : {}) as { code?: unknown }
  return code === undefined ? undefined : listOf(code).map(String)
}

function codeOf(found: unknown): string {
  return typeof found === 'object' && found !== null ? String((found as { code?: unknown }).code) : String(found)
}

/** A list of entries with `code`, or a map from code to entry. */
function readFindings(text: string | undefined): Map<string, string[]> {
  const content: unknown = text === undefined ? undefined : parse(text)
  if (typeof content !== 'object' || content === null) return new Map()
  const inner = (content as { findings?: unknown }).findings ?? content
  const entries = Object.entries(inner as Record<string, { code?: string; rule?: unknown; rules?: unknown } | null>)
  return new Map(
    entries
      .filter(([, entry]) => typeof entry === 'object' && entry !== null)
      .map(([key, entry]) => [entry?.code ?? key, listOf(entry?.rule ?? entry?.rules).map(String)]),
  )
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
