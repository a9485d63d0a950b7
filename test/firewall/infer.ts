/** Inference for the firewall's tests: the vocabularies that the ontology aligns to, the rules, and what they add. */
import { readFileSync } from 'node:fs'
import type { Quad } from '@rdfjs/types'
import { Parser, Reasoner, Store } from 'n3'
import { ROOT } from '../sample-desk.ts'

export const NAMES = {
  ng: 'https://w3id.org/newsgraph/ontology#',
  rel: 'https://w3id.org/newsgraph/relation#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  in: 'urn:newsgraph:inference#',
  oa: 'http://www.w3.org/ns/oa#',
  owl: 'http://www.w3.org/2002/07/owl#',
  prov: 'http://www.w3.org/ns/prov#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  schema: 'https://schema.org/',
  sem: 'http://semanticweb.cs.vu.nl/2009/11/sem/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  wd: 'http://www.wikidata.org/entity/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  ex: 'https://example.org/',
} as const

/** Prefixed name → IRI. */
export const iri = (name: string): string => {
  const [prefix = '', local = ''] = name.split(':')
  return NAMES[prefix as keyof typeof NAMES] + local
}
/** IRI → prefixed name, for messages. */
export const brief = (value: string): string => {
  const found = Object.entries(NAMES).find(([, namespace]) => value.startsWith(namespace))
  return found ? `${found[0]}:${value.slice(found[1].length)}` : value
}

const PROLOGUE = Object.entries(NAMES)
  .map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .\n`)
  .join('')

/** Turtle in which every prefix above is known. */
export const turtle = (text: string): Quad[] =>
  new Parser({ format: 'text/turtle' }).parse(PROLOGUE + text) as unknown as Quad[]

export const fileQuads = (path: string): Quad[] =>
  new Parser({ format: 'text/turtle' }).parse(readFileSync(ROOT + path, 'utf8')) as unknown as Quad[]

export const ontologyQuads: readonly Quad[] = ['newsgraph', 'values', 'relations'].flatMap((name) =>
  fileQuads(`ontology/${name}.ttl`),
)

/**
 * The triples of a vocabulary as npm has it, without its graph names. The published schema.org has only http IRIs, and
 * the graph only https ones: without the mapping the two would never meet, and no test could fail.
 */
export function vocabularyQuads(name: string): Quad[] {
  const text = readFileSync(`${ROOT}node_modules/@vocabulary/${name}/${name}.nq`, 'utf8')
  const mapped = text.replaceAll('<http://schema.org/', '<https://schema.org/')
  const parser = new Parser({ format: 'application/n-quads', blankNodePrefix: `_:${name}-` })
  return parser.parse(mapped) as unknown as Quad[]
}
export const VOCABULARIES = ['rdf', 'rdfs', 'owl', 'skos', 'prov', 'oa', 'sem', 'dcterms', 'foaf', 'schema']

export const RULES_TEXT = readFileSync(`${ROOT}test/firewall/owl-rl.n3`, 'utf8')
const rules = new Store(new Parser({ format: 'text/n3' }).parse(RULES_TEXT))

/**
 * Everything that follows from these triples, and themselves. Text is left out, unless asked for: of a label nothing
 * follows, and there are many.
 */
export function closure(quads: Iterable<Quad>, { literals = false } = {}): Store {
  const store = new Store()
  for (const { subject, predicate, object } of quads)
    if (literals || object.termType !== 'Literal') store.addQuad(subject as never, predicate as never, object as never)
  // N3.js does not pass on what a rule with a variable as predicate concludes (prp-spo1, prp-inv1) to rules whose premise
  // names that predicate (eq-sym, cax-sco), unless they come later in its first round: rounds until nothing is added.
  for (let before = -1; before < store.size; ) {
    before = store.size
    new Reasoner(store).reason(rules)
  }
  return store
}
