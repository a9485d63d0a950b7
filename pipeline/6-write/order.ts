/**
 * The order of everything that is written. Nothing depends on the order in which the quads were made, on the
 * locale or on UTF-16: the same graph gives the same bytes.
 */
import type { Literal, Quad, Quad_Object } from '@rdfjs/types'
import { ng, oa, rdf, rdfs, schema } from '../model/vocabulary.ts'

export interface Property {
  predicate: string
  objects: Quad_Object[]
}
export interface Node {
  iri: string
  types: ReadonlySet<string>
  properties: Property[]
}
export interface Section {
  title: string
  nodes: Node[]
}

/** Compares by Unicode code point; JavaScript's own comparison puts U+1F600 before U+FF5E. */
export const compareCodePoints = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}
// A surrogate begins (or ends) a character above U+FFFF: rank it behind the characters from U+E000 on.
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

/** The order of JavaScript's own sort: the same where no character above U+D7FF occurs, and several times faster. */
const compareUnits = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
const HIGH = /[\ud800-\uffff]/

/** Sorts in place by code point. */
export const sortByCodePoint = (texts: string[]): string[] =>
  texts.some((text) => HIGH.test(text)) ? texts.sort(compareCodePoints) : texts.sort()

const MENTION = /\/mention\/([0-9]+)-([0-9]+)/

/**
 * What an IRI is sorted by: a slash comes before every other character, so that `claim/K/report` stands right behind
 * `claim/K` and before `claim/K-2`; the numbers of a mention count as numbers.
 */
export const sortKey = (iri: string): string =>
  (iri.includes('/mention/')
    ? iri.replace(MENTION, (_, start, end) => `/mention/${start.padStart(12, '0')}-${end.padStart(12, '0')}`)
    : iri
  ).replaceAll('/', '\u0001')

/** Items in the order of their IRIs in the written files; the key of each is made once. */
export const sortByIri = <T>(items: readonly T[], iriOf: (item: T) => string): T[] => {
  if (items.length < 2) return [...items]
  const entries = items.map((item) => {
    const iri = iriOf(item)
    return { item, iri, key: sortKey(iri) }
  })
  const compare = entries.some(({ key }) => HIGH.test(key)) ? compareCodePoints : compareUnits
  return entries.sort((a, b) => compare(a.key, b.key) || compare(a.iri, b.iri)).map(({ item }) => item)
}

const compareLiterals = (a: Literal, b: Literal): number =>
  compareCodePoints(a.value, b.value) ||
  compareCodePoints(a.language, b.language) ||
  compareCodePoints(a.datatype.value, b.datatype.value)

const FIRST = [rdf.type, rdfs.label, schema.headline, schema.text].map((term) => term.value)

/** Compares predicates: type, then what a reader knows the node by, then the given order, then code point. */
export const predicateOrder = (iris: Iterable<string> = []): ((a: string, b: string) => number) => {
  const ranks = new Map<string, number>()
  for (const iri of [...FIRST, ...iris]) if (!ranks.has(iri)) ranks.set(iri, ranks.size)
  return (a, b) => (ranks.get(a) ?? ranks.size) - (ranks.get(b) ?? ranks.size) || compareCodePoints(a, b)
}

/** Title → the class whose nodes stand there, in the order of the file. */
const SECTIONS: readonly (readonly [title: string, type: string | undefined])[] = [
  ['Article', ng.Snapshot.value],
  ['Entities', ng.Entity.value],
  ['Unnamed sources', ng.UnnamedSource.value],
  ['Events', ng.Event.value],
  ['Propositions', ng.Proposition.value],
  ['Claims', ng.Claim.value],
  ['Arguments', ng.ArgumentRelation.value],
  ['Alignments', ng.Alignment.value],
  ['Extraction runs', ng.ExtractionRun.value],
  ['Mentions', ng.Mention.value],
  ['Others', undefined],
]
/** The classes of nodes that stand right behind the node whose IRI theirs begins with. */
const FOLLOWERS = [ng.TimeExpression, ng.Quantity, oa.TextPositionSelector, oa.TextQuoteSelector].map((c) => c.value)

const ownSection = (node: Node, article: string | undefined): string => {
  if (node.iri === article) return 'Article'
  // An unnamed source is an entity as well.
  if (node.types.has(ng.UnnamedSource.value)) return 'Unnamed sources'
  return SECTIONS.find(([, type]) => type !== undefined && node.types.has(type))?.[0] ?? 'Others'
}

/** Groups quads by subject, in the order of arrival; a quad that comes twice counts once. */
const groupBySubject = (quads: Iterable<Quad>): Map<string, Map<string, Quad_Object[]>> => {
  const subjects = new Map<string, Map<string, Quad_Object[]>>()
  for (const { subject, predicate, object } of quads) {
    const properties = subjects.get(subject.value) ?? new Map<string, Quad_Object[]>()
    if (properties.size === 0) subjects.set(subject.value, properties)
    const objects = properties.get(predicate.value)
    if (!objects) properties.set(predicate.value, [object])
    else objects.push(object)
  }
  return subjects
}

const iriOf = (term: Quad_Object): string => term.value
const isOurs = (term: Quad_Object): boolean => term.value.startsWith(ng.iri)

/** The objects in order, IRIs first, each once. Of classes, newsgraph's own come first: they say what the node is here. */
const sortObjects = (predicate: string, objects: Quad_Object[]): Quad_Object[] => {
  if (objects.length === 1) return objects
  const nodes = [...new Map(objects.filter((o) => o.termType !== 'Literal').map((o) => [o.value, o])).values()]
  const literals = objects.filter((object) => object.termType === 'Literal').sort(compareLiterals)
  const sorted = sortByIri(nodes, iriOf)
  return [
    ...(predicate === rdf.type.value ? [...sorted.filter(isOurs), ...sorted.filter((o) => !isOurs(o))] : sorted),
    ...literals.filter((literal, i) => i === 0 || compareLiterals(literal, literals[i - 1] as Literal) !== 0),
  ]
}

/** The nodes that these quads describe, unsorted, each with its properties in order. */
export const nodesOf = (quads: Iterable<Quad>, order: (a: string, b: string) => number): Node[] =>
  [...groupBySubject(quads)].map(([iri, properties]) => ({
    iri,
    types: new Set((properties.get(rdf.type.value) ?? []).map((type) => type.value)),
    properties: [...properties]
      .map(([predicate, objects]) => ({ predicate, objects: sortObjects(predicate, objects) }))
      .sort((a, b) => order(a.predicate, b.predicate)),
  }))

/** Puts nodes into the sections of the written files, each section sorted; sections without nodes are left out. */
export const arrange = (nodes: readonly Node[], article?: string): Section[] => {
  const byIri = new Map(nodes.map((node) => [node.iri, node]))
  const sectionOf = (node: Node): string => {
    const parent = byIri.get(node.iri.slice(0, Math.max(0, node.iri.lastIndexOf('/'))))
    const follows = parent && FOLLOWERS.some((type) => node.types.has(type))
    return ownSection(follows ? parent : node, article)
  }
  const sections = new Map<string, Node[]>(SECTIONS.map(([title]) => [title, []]))
  for (const node of nodes) sections.get(sectionOf(node))?.push(node)
  return [...sections]
    .filter(([, members]) => members.length > 0)
    .map(([title, members]) => ({ title, nodes: sortByIri(members, (node) => node.iri) }))
}
