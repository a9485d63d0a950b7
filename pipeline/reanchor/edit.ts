/**
 * Edits of YAML and JSON as text: only the scalars that change are written anew, in the style that they have; comments,
 * order and layout stay as somebody left them.
 */
import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml'

export type Path = readonly (string | number)[]

/** Sets the value at a path, and adds fields beside it: to the map that it stands in, or to one that is put around it. */
export interface Edit {
  path: Path
  value?: string
  add?: Readonly<Record<string, string>>
}

interface Found {
  node: Node
  /** The map that holds it under a key, and whether it stands in brackets. */
  map?: YAMLMap
  pair?: Pair
  flow: boolean
}

const keyOf = (pair: Pair): string | undefined =>
  isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : undefined

function nodeAt(root: Node | null, path: Path): Found | undefined {
  let found: Found | undefined = root ? { node: root, flow: false } : undefined
  for (const step of path) {
    const { node, flow } = found ?? {}
    if (isMap(node)) {
      const pair = node.items.find((item) => keyOf(item as Pair) === String(step)) as Pair | undefined
      found = pair?.value
        ? { node: pair.value as Node, map: node, pair, flow: flow === true || node.flow === true }
        : undefined
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined
      found = item ? { node: item, flow: flow === true || node.flow === true } : undefined
    } else return undefined
  }
  return found
}

/** Words that mean themselves without quotation marks, wherever they stand. */
const PLAIN = /^(?:\p{L}|\p{N}+ )[\p{L}\p{M}\p{N} .’'“”‘;–—()/-]*$/u
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n|\.inf|\.nan)$/i
const isPlain = (text: string): boolean => PLAIN.test(text) && !RESERVED.test(text) && !/\s$|\s{2}/.test(text)

/** A text as a scalar: as the one that it takes the place of was written, where its characters allow that. */
export function scalarText(value: string, like: Pick<Scalar, 'type'> | undefined, json: boolean): string {
  if (
    !json &&
    like?.type !== 'QUOTE_SINGLE' &&
    like?.type !== 'QUOTE_DOUBLE' &&
    /^(?:[1-9]\d*|[0-9a-f]{64}|\d{4}-\d\d-\d\d)$/.test(value)
  )
    return value
  if (!json && (like?.type === 'PLAIN' || like?.type === undefined) && isPlain(value)) return value
  if (!json && like?.type === 'QUOTE_SINGLE' && !/[\n\r\\]/.test(value)) return `'${value.replaceAll("'", "''")}'`
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

interface Change {
  start: number
  end: number
  text: string
}

const rangeOf = (node: Node): [number, number] => {
  const [start = 0, end = start] = node.range ?? []
  return [start, end]
}

/** Where a value ends, without the line break that belongs to a block of text. */
const endOf = (text: string, node: Node): number => {
  const [start, end] = rangeOf(node)
  return start + text.slice(start, end).trimEnd().length
}

const inLine = (fields: Readonly<Record<string, string>>, json: boolean): string =>
  Object.entries(fields)
    .map(([key, value]) => `${json ? JSON.stringify(key) : key}: ${scalarText(value, undefined, json)}`)
    .join(', ')

/** Fields beside a value: in the brackets that it stands in, or on lines of their own. */
function beside(
  text: string,
  { node, pair, flow }: Found,
  fields: Readonly<Record<string, string>>,
  json: boolean,
): Change {
  const end = endOf(text, node)
  if (flow || json) return { start: end, end, text: `, ${inLine(fields, json)}` }
  const key = pair?.key as Node
  const [at] = rangeOf(key)
  const column = at - (text.lastIndexOf('\n', at - 1) + 1)
  const line = text.indexOf('\n', end)
  const lines = Object.entries(fields).map(
    ([name, value]) => `${' '.repeat(column)}${name}: ${scalarText(value, undefined, false)}`,
  )
  const start = line < 0 ? text.length : line + 1
  return { start, end: start, text: `${line < 0 ? '\n' : ''}${lines.join('\n')}\n` }
}

/**
 * A text with edits made. Undefined if one of them has no place there, or two the same one; what the text then means is
 * for the caller to try.
 */
export function edited(text: string, edits: readonly Edit[], { json = false } = {}): string | undefined {
  const document = parseDocument(text, { schema: 'core', version: '1.2', merge: false, logLevel: 'error' })
  if (document.errors.length > 0) return undefined
  const changes: Change[] = []
  for (const edit of edits) {
    const found = nodeAt(document.contents as Node | null, edit.path)
    if (!found) return undefined
    const [start] = rangeOf(found.node)
    const end = endOf(text, found.node)
    const scalar = isScalar(found.node) ? found.node : undefined
    const { value, add } = edit
    if (value !== undefined && !scalar) return undefined
    const last = edit.path.at(-1)
    // A value under quote or from has room beside it; one that stands alone is put into a map.
    const alone = add !== undefined && last !== 'quote' && last !== 'from'
    if (alone) {
      if (!scalar) return undefined
      const words = scalarText(value ?? String(scalar.value), undefined, json)
      changes.push({ start, end, text: `{ ${json ? '"quote"' : 'quote'}: ${words}, ${inLine(add, json)} }` })
      continue
    }
    if (value !== undefined) changes.push({ start, end, text: scalarText(value, scalar, json) })
    if (add !== undefined) changes.push(beside(text, found, add, json))
  }
  changes.sort((a, b) => a.start - b.start || a.end - b.end)
  if (changes.some((change, i) => i > 0 && change.start < (changes[i - 1]?.end ?? 0))) return undefined
  let result = ''
  let at = 0
  for (const change of changes) {
    result += text.slice(at, change.start) + change.text
    at = change.end
  }
  return result + text.slice(at)
}

/** Adds text after a field of a map, as it is written, at that field's indentation; for what is more than one scalar. */
export function addedAfter(
  text: string,
  path: Path,
  field: { block: (indent: string) => string; flow: string },
  { json = false } = {},
): string | undefined {
  const document = parseDocument(text, { schema: 'core', version: '1.2', merge: false, logLevel: 'error' })
  const found = document.errors.length > 0 ? undefined : nodeAt(document.contents as Node | null, path)
  if (!found?.pair) return undefined
  const end = endOf(text, found.node)
  if (found.flow || json) return `${text.slice(0, end)}, ${field.flow}${text.slice(end)}`
  const [at] = rangeOf(found.pair.key as Node)
  const indent = ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1))
  const line = text.indexOf('\n', end)
  return line < 0
    ? `${text}\n${field.block(indent)}\n`
    : `${text.slice(0, line + 1)}${field.block(indent)}\n${text.slice(line + 1)}`
}
