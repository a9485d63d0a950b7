/** Adds a judgement to an entity in the text of the register, and leaves every other character as it is. */
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import { parseYaml } from '../1-read/yaml.ts'
import { yaml } from '../1-read/yaml-faults.ts'

/** A judged link, or a judged absence if there is no `id`. */
export interface Judgement {
  id?: string
  match?: string
  reason?: string
  evidence: readonly string[]
  seen: string
}

type Fields = Record<string, unknown>

/** The judgement as it stands in the register, in the order of its fields. */
const fieldsOf = ({ id, match, reason, evidence, seen }: Judgement): Fields => ({
  ...(id === undefined ? { none: true } : { id, match }),
  ...(reason === undefined ? {} : { reason }),
  ...(evidence.length === 0 ? {} : { evidence: [...evidence] }),
  seen,
})

const PLAIN = /^(Q\d+|\d{4}-\d{2}-\d{2}|exact|close|broader|narrower|related)$/
/** A text of JSON is one of YAML, whatever stands in it; identifiers, days and degrees need no quotation marks. */
const scalar = (value: unknown): string =>
  typeof value === 'string' && !PLAIN.test(value) ? JSON.stringify(value) : String(value)

const inline = (fields: Fields): string =>
  `{${Object.entries(fields)
    .map(([key, value]) => `${key}: ${Array.isArray(value) ? `[${value.map(scalar).join(', ')}]` : scalar(value)}`)
    .join(', ')}}`

function item(fields: Fields, indent: string): string[] {
  const lines = Object.entries(fields).flatMap(([key, value]) =>
    Array.isArray(value) ? [`${key}:`, ...value.map((one) => `  - ${scalar(one)}`)] : [`${key}: ${scalar(value)}`],
  )
  return lines.map((line, i) => `${indent}${i === 0 ? '- ' : '  '}${line}`)
}

interface Edit {
  from: number
  to: number
  text: string
}

const start = (node: Node): number => node.range?.[0] ?? 0
/** Where a node’s last character ends, without the line end that a block takes with it. */
const end = (node: Node, text: string): number => text.slice(0, node.range?.[1] ?? 0).trimEnd().length
const lineEnd = (text: string, offset: number): number => {
  const at = text.indexOf('\n', offset)
  const stop = at < 0 ? text.length : at
  return text[stop - 1] === '\r' ? stop - 1 : stop
}
const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1

/** The offset of a collection’s closing bracket. */
const bracket = (node: Node): number => (node.range?.[1] ?? 1) - 1

function editFor(text: string, entity: YAMLMap, fields: Fields, newline: string): Edit | undefined {
  const { isMap, isScalar, isSeq } = yaml()
  const pairs = entity.items as Pair<Node, Node | null>[]
  const judged = pairs.find(({ key }) => isScalar(key) && key.value === 'wikidata')
  const [first, last] = [pairs[0], pairs.at(-1)]
  if (!first || !last?.value) return undefined
  if (!judged) {
    if (entity.flow)
      return { from: end(last.value, text), to: end(last.value, text), text: `, wikidata: [${inline(fields)}]` }
    const indent = ' '.repeat(start(first.key) - lineStart(text, start(first.key)))
    const lines = [`${indent}wikidata:`, ...item(fields, `${indent}  `)]
    const at = lineEnd(text, end(last.value, text))
    return { from: at, to: at, text: lines.map((line) => newline + line).join('') }
  }
  if (!isSeq(judged.value)) return undefined
  const list = judged.value as YAMLSeq<Node>
  const [only] = list.items
  // A judged absence gives way to a link; nothing else is taken away.
  const absent = list.items.length === 1 && isMap(only) && only.has('none') ? only : undefined
  if (list.flow) {
    if (absent) return { from: start(absent), to: end(absent, text), text: inline(fields) }
    const at = only ? end(list.items.at(-1) as Node, text) : bracket(list)
    return { from: at, to: at, text: `${only ? ', ' : ''}${inline(fields)}` }
  }
  if (!only) return undefined
  const dash = text.lastIndexOf('-', start(only) - 1)
  const indent = ' '.repeat(dash - lineStart(text, dash))
  if (absent)
    return {
      from: lineStart(text, dash),
      to: lineEnd(text, end(absent, text)),
      text: item(fields, indent).join(newline),
    }
  const at = lineEnd(text, end(list.items.at(-1) as Node, text))
  return {
    from: at,
    to: at,
    text: item(fields, indent)
      .map((line) => newline + line)
      .join(''),
  }
}

const valueIn = (text: string): { entities?: Record<string, { wikidata?: Fields[] }> } | undefined =>
  parseYaml({ file: '', text, sha256: '' }).value?.value as ReturnType<typeof valueIn>

/**
 * The register’s text with a judgement added to an entity: at the end of its `wikidata:`, or in place of a judged
 * absence that stands there alone. Comments, order and layout stay. Undefined if the layout does not let that be done
 * safely: the new text is read again, and must say what the old one said and the judgement, and nothing else.
 */
export function withJudgement(text: string, key: string, judgement: Judgement): string | undefined {
  const { isMap, isScalar, parseDocument } = yaml()
  const fields = fieldsOf(judgement)
  const entities = parseDocument(text, { schema: 'core', version: '1.2', logLevel: 'silent' }).get('entities', true)
  if (!isMap(entities)) return undefined
  const pair = entities.items.find((one) => isScalar(one.key) && String(one.key.value) === key)
  if (!isMap(pair?.value)) return undefined
  const edit = editFor(text, pair.value as YAMLMap, fields, text.includes('\r\n') ? '\r\n' : '\n')
  if (!edit) return undefined
  const edited = text.slice(0, edit.from) + edit.text + text.slice(edit.to)
  const expected = valueIn(text)
  const entity = expected?.entities?.[key]
  if (!entity) return undefined
  const kept = (entity.wikidata ?? []).filter((one) => one.none === undefined)
  entity.wikidata = [...kept, fields]
  return JSON.stringify(valueIn(edited)) === JSON.stringify(expected) ? edited : undefined
}

/** The lines that a person can put into the register. */
export const snippet = (judgement: Judgement): string => inline(fieldsOf(judgement))
