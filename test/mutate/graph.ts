/** The graph under test: a store that changes are made in and taken back from, and what kind of thing each node is. */
import type { Quad, Term } from '@rdfjs/types'
import { DataFactory, type Store } from 'n3'
import { ng, oa, prov, rdf } from '../../pipeline/model/vocabulary.ts'

/** What is done to the graph: triples taken out and triples put in. */
export interface Change {
  removed: readonly Quad[]
  added: readonly Quad[]
}

const { namedNode, quad } = DataFactory

/** A triple in the default graph, whatever library its terms came from. */
export const triple = (subject: string, predicate: string, object: Term): Quad =>
  quad(namedNode(subject), namedNode(predicate), object as never) as unknown as Quad

/** One string for each triple. */
export function keyOf({ subject, predicate, object }: Quad): string {
  const tail =
    object.termType === 'Literal' ? `"${object.value}"@${object.language}^^${object.datatype.value}` : object.value
  return `${subject.value} ${predicate.value} ${tail}`
}

/** All of a store that has these terms; undefined means any. */
export const found = (store: Store, subject?: string, predicate?: string, object?: Term): Quad[] =>
  store.getQuads(
    subject === undefined ? null : namedNode(subject),
    predicate === undefined ? null : namedNode(predicate),
    (object as never) ?? null,
    null,
  ) as unknown as Quad[]

/** The local name of an IRI. */
export const local = (iri: string): string => /[^#/]*$/.exec(iri)?.[0] ?? iri

/**
 * What a node is, by the class that is the pipeline's own: Claim, Event, TextQuoteSelector. The article is `Article`,
 * what was withdrawn is `Withdrawn`; undefined for an address of which the graph says nothing.
 */
export function kindOf(store: Store, node: string): string | undefined {
  const types = found(store, node, rdf.type.value).map(({ object }) => object.value)
  const own = types.filter((type) => type.startsWith(ng.iri)).sort()
  if (own.includes(ng.UnnamedSource.value)) return 'UnnamedSource'
  if (own[0] !== undefined) return local(own[0])
  const selector = types.find((type) => type.startsWith(oa.iri))
  if (selector !== undefined) return local(selector)
  if (types.includes(prov.Entity.value)) return 'Withdrawn'
  if (found(store, undefined, prov.specializationOf.value, namedNode(node)).length > 0) return 'Article'
  return types.length > 0 ? 'Other' : undefined
}

/** Makes a change in a store, and gives back the function that takes it back. Triples that are there already stay. */
export function apply(store: Store, { removed, added }: Change): () => void {
  const gone = removed.filter((item) => store.has(item as never))
  for (const item of gone) store.removeQuad(item as never)
  const fresh = added.filter((item) => !store.has(item as never))
  for (const item of fresh) store.addQuad(item as never)
  return () => {
    for (const item of fresh) store.removeQuad(item as never)
    for (const item of gone) store.addQuad(item as never)
  }
}

/** A random number generator of 32 bits with a seed (xorshift), for samples that can be drawn again. */
export function seeded(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 0x1_0000_0000
  }
}

/** So many of a list, drawn with a seed, in the list's own order. */
export function sampleOf<T>(all: readonly T[], count: number, seed: number): T[] {
  const random = seeded(seed)
  const order = all.map((_, i) => ({ i, at: random() })).sort((a, b) => a.at - b.at || a.i - b.i)
  const kept = new Set(order.slice(0, count).map(({ i }) => i))
  return all.filter((_, i) => kept.has(i))
}
