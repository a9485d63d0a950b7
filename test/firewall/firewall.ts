/**
 * What may follow from a graph, and what would be a leak: a claim that came out as a fact.
 *
 * Allowed, and why:
 * - `owl:Thing`, `rdfs:Resource`: they hold of everything.
 * - `prov:Entity`, of what has a `prov:wasGeneratedBy`: the note was made by a run. PROV's entities may be imaginary.
 * - `rdf:Statement`, of a proposition with `rdf:subject`: RDF says that a statement is described, and not that it holds.
 * - unnamed classes that are a union ("an event, claim or argument step") with one of these in it.
 * - Of an entity, what its written class is below in its own vocabulary: a city is a place.
 * - Between entities, a written triple of the register in wider words (`RESTATED`): the same two, in the same direction.
 */
import type { Quad } from '@rdfjs/types'
import { DataFactory, type Store } from 'n3'
import { brief, iri, NAMES } from './infer.ts'

const TYPE = iri('rdf:type')
const everything = ['owl:Thing', 'rdfs:Resource']
const allowed: Record<string, readonly string[]> = {
  'ng:Event': [...everything, 'ng:Event', 'prov:Entity'],
  'ng:Proposition': [...everything, 'ng:Proposition', 'prov:Entity', 'rdf:Statement'],
  'ng:Claim': [...everything, 'ng:Claim', 'prov:Entity'],
  'ng:Entity': [...everything, 'ng:Entity', 'ng:UnnamedSource', 'prov:Entity'],
}
const KINDS = Object.keys(allowed)
const BETWEEN_ENTITIES = new Set(['ng:partOf', 'schema:affiliation', 'schema:member'].map(iri))
/** What schema.org says of its own two properties that stand between entities: nothing new of the two. */
const RESTATED: Record<string, string> = {
  [iri('schema:memberOf')]: iri('schema:affiliation'),
  'https://spec.edmcouncil.org/fibo/ontology/FND/Organizations/Organizations/hasMember': iri('schema:member'),
}
/** Vocabularies in which to be named is to have happened, to have acted, or to be no person but an idea. */
const NEVER_OF_ENTITIES = /^(sem:|prov:(?!Entity$)|skos:|rdf:|ng:(?!Entity$|UnnamedSource$))/

const node = (value: string) => DataFactory.namedNode(value)
const key = ({ subject, predicate, object }: Quad): string => `${subject.value} ${predicate.value} ${object.value}`

/** What leaked, one line each; `graph` is what stood before inference. */
export function leaks(graph: readonly Quad[], closed: Store): string[] {
  const stood = new Set(graph.map(key))
  const found = new Set<string>()
  const say = (what: string, { subject, predicate, object }: Quad): void => {
    found.add(`${what}: ${brief(subject.value)} ${brief(predicate.value)} ${brief(object.value)}`)
  }
  const members = new Map(
    KINDS.map((kind) => [kind, new Set(closed.getSubjects(node(TYPE), node(iri(kind)), null).map((s) => s.value))]),
  )
  const kindOf = (value: string): string | undefined => KINDS.find((kind) => members.get(kind)?.has(value))

  // Only what the graph speaks of: vocabularies may say of their own terms what they like.
  const ours = new Set(graph.map(({ subject }) => subject.value))
  const upward = (kind: string, subject: string): Set<string> => {
    const names = new Set((allowed[kind] ?? []).map(iri))
    if (kind !== 'ng:Entity') return names
    for (const { object } of graph.filter((q) => q.subject.value === subject && q.predicate.value === TYPE))
      for (const above of [object, ...closed.getObjects(object as never, node(iri('rdfs:subClassOf')), null)])
        if (!NEVER_OF_ENTITIES.test(brief(above.value))) names.add(above.value)
    return names
  }
  const isUnionOf = (type: Quad['object'], names: ReadonlySet<string>): boolean =>
    type.termType === 'BlankNode' &&
    closed
      .getObjects(type as never, node(iri('owl:unionOf')), null)
      .some((list) => closed.getObjects(list, node(iri('in:member')), null).some(({ value }) => names.has(value)))

  for (const quad of closed as unknown as Iterable<Quad>) {
    const { subject, predicate, object } = quad
    if (predicate.value === iri('in:clash')) say('contradiction', quad)
    if (predicate.value.startsWith(NAMES.rel)) say('claimed relation as predicate', quad)
    const from = kindOf(subject.value)
    if (from === undefined || !ours.has(subject.value)) continue
    if (predicate.value === TYPE) {
      const names = upward(from, subject.value)
      if (!names.has(object.value) && !isUnionOf(object, names)) say(`type of ${from}`, quad)
      continue
    }
    const to = kindOf(object.value)
    if (to === undefined) continue
    if (from === 'ng:Entity' && to === 'ng:Entity') {
      const narrower = RESTATED[predicate.value]
      const written =
        (stood.has(key(quad)) && BETWEEN_ENTITIES.has(predicate.value)) ||
        (narrower !== undefined && stood.has(`${subject.value} ${narrower} ${object.value}`))
      if (!written) say('between entities', quad)
    } else if (!stood.has(key(quad))) say(`from ${from} to ${to}, unwritten`, quad)
  }
  return [...found].sort()
}
