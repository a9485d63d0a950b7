/**
 * TriG: every part of the graph under its own name, for stores that keep parts apart. Written for the pickiest reader
 * (Virtuoso 7): no GRAPH keyword, no blank graph names, no escapes in prefixed names, no bare numbers.
 */
import type { Quad } from '@rdfjs/types'
import { type Node, nodesOf } from './order.ts'
import { turtleTerms } from './term.ts'
import { prefixLines, turtleNode } from './turtle.ts'

export interface NamedQuads {
  /** IRI of the graph. */
  graph: string
  quads: Iterable<Quad>
}

/** Writes the graphs in the given order, and the nodes of each in the order of `nodes`. */
export const trig = (
  graphs: readonly NamedQuads[],
  nodes: readonly Node[],
  order: (a: string, b: string) => number,
  prefixes: Readonly<Record<string, string>>,
): string => {
  const terms = turtleTerms(prefixes, true)
  const position = new Map(nodes.map((node, i) => [node.iri, i]))
  const place = (node: Node): number => position.get(node.iri) ?? nodes.length
  const bodies: string[] = []
  for (const { graph, quads } of graphs) {
    const part = nodesOf(quads, order).sort((a, b) => place(a) - place(b))
    if (part.length === 0) continue
    bodies.push(`${terms.iri(graph)} {\n${part.map((node) => turtleNode(node, terms, '  ')).join('\n')}}\n`)
  }
  const head = prefixLines(prefixes, terms.used)
  return [...(head ? [head] : []), ...bodies].join('\n')
}
