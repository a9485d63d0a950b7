/** Graphs for the tests of stage 6. */
import type { Quad } from '@rdfjs/types'
import { type Graph, PARTS, type Part, type Parts } from '../../pipeline/model/graph.ts'

export const BASE = 'https://w3id.org/newsgraph/'
const ARTICLE = `${BASE}article/dam/`

export const PREFIXES: Record<string, string> = {
  ...Object.fromEntries(
    ['event', 'proposition', 'claim', 'argument', 'source', 'run', 'snapshot'].map((k) => [k, `${ARTICLE}${k}/`]),
  ),
  mention: `${ARTICLE}snapshot/0123456789ab/mention/`,
  entity: `${BASE}entity/`,
  shared: `${BASE}proposition/`,
  article: `${BASE}article/`,
  graph: `${BASE}graph/`,
  ng: 'https://w3id.org/newsgraph/ontology#',
  schema: 'https://schema.org/',
  oa: 'http://www.w3.org/ns/oa#',
  prov: 'http://www.w3.org/ns/prov#',
  dcterms: 'http://purl.org/dc/terms/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  wd: 'http://www.wikidata.org/entity/',
  sssom: 'https://w3id.org/sssom/',
  semapv: 'https://w3id.org/semapv/vocab/',
  foaf: 'http://xmlns.com/foaf/0.1/',
}

const noParts = (): Parts => Object.fromEntries(PARTS.map((part) => [part, [] as Quad[]])) as Parts

/** A graph with these quads, each in the part that `partOf` names. */
export const graphOf = (quads: Iterable<Quad>, partOf: (quad: Quad, index: number) => Part): Graph => {
  const article = noParts()
  const register = noParts()
  let index = 0
  for (const quad of quads) {
    const parts = /\/newsgraph\/(?:entity|proposition)\//.test(quad.subject.value) ? register : article
    parts[partOf(quad, index++)].push(quad)
  }
  return { slug: 'dam', base: BASE, prefixes: PREFIXES, article, register, origins: new Map() }
}

/** The part that the kind of node belongs to, by its IRI. */
export const partByKind = ({ subject }: Quad): Part => {
  if (/\/(?:claim|proposition|argument)\//.test(subject.value)) return 'claims'
  if (/\/alignment\//.test(subject.value)) return 'links'
  if (/\/run\//.test(subject.value)) return 'provenance'
  return /\/(?:mention|event|source|entity)\//.test(subject.value) ? 'annotations' : 'article'
}
