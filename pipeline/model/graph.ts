/** The graph of one article, as plain quads in the default graph; the parts become named graphs where a format has them. */
import type { Quad } from '@rdfjs/types'
import type { Origin } from './article.ts'

/** The parts of an article's graph, in the order in which they are written. */
export const PARTS = ['article', 'annotations', 'claims', 'links', 'provenance'] as const
export type Part = (typeof PARTS)[number]
export type Parts = Record<Part, Quad[]>

export interface Graph {
  slug: string
  /** Base of all data IRIs, ending in `/`. */
  base: string
  /** Prefix → namespace IRI, in the order in which they are written: those of the data, then those of vocabularies. */
  prefixes: Record<string, string>
  /** What only this article says. */
  article: Parts
  /** What the register holds of the entities and propositions that this article uses. No quad stands in both. */
  register: Parts
  /** From the IRI of a node to the place in the sources that it comes from. */
  origins: ReadonlyMap<string, Origin>
}

/** Every quad of the graph, the article's own and the register's, part by part. */
export const quadsOf = (graph: Graph): Quad[] =>
  PARTS.flatMap((part) => [...graph.article[part], ...graph.register[part]])
