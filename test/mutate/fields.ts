/** The mutants of what a person writes: each field deleted, each value another legal one, each key another key, each quote shifted. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Schemes } from '../../pipeline/model/ontology.ts'
import { nextDay, nextOf, rewritten } from './triples.ts'

/** A value of the annotations or the register: every scalar as the text that stands in the file. */
export type Value = string | true | Value[] | { [key: string]: Value }
type Fields = { [key: string]: Value }

export interface FieldMutant {
  part: string
  field: string
  change: string
  shown: string
  /** All that the file holds then. */
  document: Value
}

const isFields = (value: Value | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const withTrue = (value: Value): Value => {
  if (value === 'true') return true
  if (Array.isArray(value)) return value.map(withTrue)
  return isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTrue(item)])) : value
}

/** What a YAML file holds, so that it can be written as JSON of the same shape. */
export const valueIn = (path: string): Value =>
  withTrue(parse(readFileSync(path, 'utf8'), { schema: 'failsafe' }) as Value)

const LISTS: Readonly<Record<string, string>> = {
  'events type': 'EventTypes',
  'claims type': 'ClaimTypes',
  'reported type': 'ClaimTypes',
  'arguments type': 'ArgumentTypes',
  'entities type': 'EntityTypes',
  match: 'MatchDegrees',
  polarity: 'Polarities',
  certainty: 'Certainties',
  attitude: 'Attitudes',
  presentation: 'Presentations',
  comparator: 'Comparators',
  genre: 'ArticleGenres',
  'triple 1': 'Relations',
}
const KEYS = new Set(
  `by author publisher about describes place of if unless agent counterpart theme part-of contradicts supports parts
   affiliation run entity says denies evidence relative prefer`.split(/\s+/),
)
const QUOTES = new Set(['quote', 'cue', 'title', 'split', 'join'])
const DAYS = new Set(['published', 'retrieved', 'date', 'earliest', 'latest', 'seen'])
const NUMBERS = new Set(['nth', 'confidence', 'value', 'min', 'max'])

const without = (value: Value, path: readonly (string | number)[]): Value => {
  const [head, ...rest] = path
  if (Array.isArray(value))
    return rest.length === 0
      ? value.filter((_, i) => i !== head)
      : value.map((item, i) => (i === head ? without(item, rest) : item))
  if (!isFields(value)) return value
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== head))
  return { ...value, [String(head)]: without(value[String(head)] ?? '', rest) }
}

const replaced = (value: Value, path: readonly (string | number)[], to: Value): Value => {
  const [head, ...rest] = path
  if (head === undefined) return to
  if (Array.isArray(value)) return value.map((item, i) => (i === head ? replaced(item, rest, to) : item))
  return isFields(value) ? { ...value, [String(head)]: replaced(value[String(head)] ?? '', rest, to) } : value
}

/** A quote without its last word; undefined if it has one only. */
function shifted(quote: string): string | undefined {
  const shorter = quote.replace(/\s+\S+\s*$/u, '')
  return shorter === quote ? undefined : shorter
}

const plusYear = (edtf: string): string => edtf.replace(/\d{4}/, (year) => String(Number(year) + 1))

const nextNumber = (text: string): string => {
  const number = Number(text)
  return text.includes('.') && number <= 1 ? String(Math.round(number * 50) / 100) : String(number + 1)
}

/** What a field can be changed to, besides what stands in its own file. */
export interface Known {
  /** The keys of the register. */
  entities: readonly string[]
  /** The items of the lock. */
  items: readonly string[]
  schemes: Schemes
}

/** Every mutant of an article’s annotations, or of the register. */
export function fieldMutants(document: Value, { entities, items, schemes }: Known): FieldMutant[] {
  const root = isFields(document) ? document : {}
  const sortedItems = [...items].sort()
  const keysOf = (part: string): string[] => (isFields(root[part]) ? Object.keys(root[part]).sort() : [])
  const kinds: [prefix: string, keys: string[]][] = [
    ['entity', [...entities].sort()],
    ...(['source', 'event', 'proposition', 'claim', 'argument'] as const).map((kind): [string, string[]] => [
      kind,
      keysOf(`${kind}s`),
    ]),
    ['run', keysOf('runs')],
  ]
  const otherKey = (reference: string): string | undefined => {
    const [, prefix, key = '', tail = ''] = /^(?:([a-z]+)\/)?([a-z0-9-]+)((?:\/report)*)$/.exec(reference) ?? []
    const kind = kinds.find(([name, keys]) => (prefix === undefined || prefix === name) && keys.includes(key))
    const next = kind && nextOf(kind[1], key)
    return next === undefined ? undefined : `${prefix === undefined ? '' : `${prefix}/`}${next}${tail}`
  }
  const mutants: FieldMutant[] = []

  function visit(value: Value, path: readonly (string | number)[], part: string, field: string): void {
    const at = path.join('.')
    const put = (change: string, to: Value | undefined, shown: string): void => {
      if (to !== undefined) mutants.push({ part, field, change, shown: `${at}: ${shown}`, document: to })
    }
    const set = (change: string, to: string | undefined): void => {
      if (to !== undefined && to !== value) put(change, replaced(root, path, to), `${String(value)} → ${to}`)
    }
    if (path.length > 1) put('deleted', without(root, path), typeof value === 'string' ? value : 'deleted')
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries())
        visit(item, [...path, i], part, field === 'triple' ? `triple ${i}` : field)
    } else if (isFields(value)) {
      const keyed = path.length === 1 && !['article', 'sentences'].includes(part)
      for (const [key, item] of Object.entries(value)) {
        const inside = ['reported', 'time', 'quantity'].includes(key) ? key : part
        const named = keyed && part !== 'prefer' ? part : keyed ? 'prefer' : key
        visit(item, [...path, key], inside, isFields(item) && key === named ? key : named)
      }
    } else if (typeof value === 'string') set(...other(value, part, field))
  }

  /** What a text is changed to, by what its field holds. */
  function other(value: string, part: string, field: string): [change: string, to: string | undefined] {
    const list = LISTS[`${part} ${field}`] ?? LISTS[field]
    if (list !== undefined) return ['value to another', nextOf([...(schemes.get(list)?.keys() ?? [])].sort(), value)]
    if (field === 'id') return ['item to another', nextOf(sortedItems, value)]
    const span = field === 'from' || field === 'to'
    const key = KEYS.has(field) || span || /^triple [02]$/.test(field)
    const to = key && part !== 'runs' ? otherKey(value) : undefined
    if (to !== undefined) return ['key to another', to]
    if (span || QUOTES.has(field)) return ['quote shifted', shifted(value)]
    if (DAYS.has(field)) return ['day rewritten', nextDay(value)]
    if (field === 'edtf') return ['time rewritten', plusYear(value)]
    if (NUMBERS.has(field)) return ['number rewritten', nextNumber(value)]
    if (field === 'language') return ['language rewritten', value === 'de' ? 'en' : 'de']
    return ['text rewritten', rewritten(value)]
  }

  for (const [part, value] of Object.entries(root)) visit(value, [part], part, part)
  return mutants
}
