/** The mutants of a graph: each triple deleted, led elsewhere, or with another value, number, day, text or predicate. */
import type { Literal, Quad, Term } from '@rdfjs/types'
import { DataFactory, type Store } from 'n3'
import type { Schemes } from '../../pipeline/model/ontology.ts'
import { rdf, xsd } from '../../pipeline/model/vocabulary.ts'
import { type Change, found, keyOf, kindOf, local, triple } from './graph.ts'

export interface Mutant extends Change {
  /** What was changed: the class of the subject and the predicate of a triple, or the part and the field of an annotation. */
  part: string
  field: string
  /** How. */
  change: string
  /** What it was and what it became, in one line. */
  shown: string
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The next of a sorted list after a value, going round, that is not the value; undefined if there is none. */
export function nextOf(list: readonly string[], value: string): string | undefined {
  const after = list.find((item) => compare(item, value) > 0) ?? list[0]
  return after === value ? undefined : after
}

/** Another word of a text: its last one of more than one letter is turned round, or a letter is added. */
export function rewritten(text: string): string {
  const word = [...text.matchAll(/[\p{L}\p{N}]{2,}/gu)].at(-1)
  const turned = word && [...word[0]].reverse().join('')
  if (!word || turned === word[0]) return `${text}x`
  return `${text.slice(0, word.index)}${turned}${text.slice(word.index + word[0].length)}`
}

export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

function rewrites(literal: Literal): [change: string, to: Literal][] {
  const { value, language, datatype } = literal
  const as = (text: string, tag: unknown): Literal => DataFactory.literal(text, tag as never) as unknown as Literal
  if (language !== '')
    return [
      ['text rewritten', as(rewritten(value), language)],
      ['language rewritten', as(value, language === 'de' ? 'en' : 'de')],
    ]
  switch (datatype.value) {
    case xsd.date.value:
      return [['day rewritten', as(nextDay(value), datatype)]]
    case xsd.boolean.value:
      return [['boolean rewritten', as(value === 'true' ? 'false' : 'true', datatype)]]
    case xsd.decimal.value:
      return [
        [
          'number rewritten',
          as(String(Number(value) > 0 && Number(value) <= 1 ? Number(value) / 2 : Number(value) + 1), datatype),
        ],
      ]
    case xsd.nonNegativeInteger.value:
      return [['number rewritten', as(String(Number(value) + 1), datatype)]]
    default:
      return [['text rewritten', as(rewritten(value), datatype)]]
  }
}

/** The kind of a term at the end of a triple. */
const endKind = (kinds: ReadonlyMap<string, string>, term: Term): string =>
  term.termType === 'Literal' ? term.datatype.value : (kinds.get(term.value) ?? 'address')

/** Every mutant of every triple, in the order of the triples. The same graph gives the same mutants. */
export function tripleMutants(store: Store, schemes: Schemes): Mutant[] {
  const quads = found(store).sort((a, b) => compare(keyOf(a), keyOf(b)))
  const kinds = new Map<string, string>()
  for (const { subject } of quads)
    if (!kinds.has(subject.value)) kinds.set(subject.value, kindOf(store, subject.value) ?? 'Other')
  const nodes = new Map<string, string[]>()
  for (const [node, kind] of [...kinds].sort(([a], [b]) => compare(a, b)))
    nodes.set(kind, [...(nodes.get(kind) ?? []), node])
  const kindNames = [...nodes.keys()].sort(compare)
  const lists = [...schemes.values()].map((scheme) => [...scheme.values()].map(({ iri }) => iri).sort(compare))
  const used = new Map<string, Set<string>>()
  const predicates = new Map<string, Set<string>>()
  for (const { subject, predicate, object } of quads) {
    const kind = kinds.get(subject.value) ?? ''
    for (const key of [`${kind} ${endKind(kinds, object)}`, kind])
      predicates.set(key, (predicates.get(key) ?? new Set()).add(predicate.value))
    if (object.termType === 'NamedNode')
      used.set(predicate.value, (used.get(predicate.value) ?? new Set()).add(object.value))
  }
  /** Nodes that could stand where this one stands: of its kind, or of the kind after it. */
  const others = (node: string): [change: string, to: string | undefined][] => {
    const kind = kinds.get(node) ?? ''
    const other = nextOf(kindNames, kind) ?? kind
    return [
      ['same class', nextOf(nodes.get(kind) ?? [], node)],
      ['other class', nextOf(other === kind ? [] : (nodes.get(other) ?? []), node)],
    ]
  }
  /** Another value of the same list; without a list, another that the predicate has. */
  const otherValue = (predicate: string, value: string): string => {
    const list = lists.find((members) => members.includes(value)) ?? [...(used.get(predicate) ?? [])].sort(compare)
    return nextOf(list, value) ?? `${value}-other`
  }
  return quads.flatMap((old): Mutant[] => {
    const { subject, predicate, object } = old
    const part = kinds.get(subject.value) ?? ''
    const field = local(predicate.value)
    const made: Mutant[] = [{ part, field, change: 'deleted', removed: [old], added: [], shown: keyOf(old) }]
    const put = (change: string, to: Quad): void => {
      if (store.has(to as never)) return
      made.push({ part, field, change, removed: [old], added: [to], shown: `${keyOf(old)} → ${keyOf(to)}` })
    }
    for (const [change, to] of others(subject.value))
      if (to !== undefined) put(`subject to ${change}`, triple(to, predicate.value, object))
    if (object.termType === 'Literal')
      for (const [change, to] of rewrites(object)) put(change, triple(subject.value, predicate.value, to))
    else if (kinds.has(object.value)) {
      for (const [change, to] of others(object.value))
        if (to !== undefined)
          put(`object to ${change}`, triple(subject.value, predicate.value, DataFactory.namedNode(to)))
    } else {
      const to = otherValue(predicate.value, object.value)
      put('value rewritten', triple(subject.value, predicate.value, DataFactory.namedNode(to)))
    }
    const siblings = [...(predicates.get(`${part} ${endKind(kinds, object)}`) ?? [])].sort(compare)
    const sibling =
      nextOf(siblings, predicate.value) ??
      nextOf([...(predicates.get(part) ?? [])].filter((iri) => iri !== rdf.type.value).sort(compare), predicate.value)
    if (sibling !== undefined) put('predicate rewritten', triple(subject.value, sibling, object))
    return made
  })
}
