/** Which triples a query can see: the predicates and classes that it names. */
import { QueryEngine } from '@comunica/query-sparql'
import { Store } from 'n3'
import { rdf } from '../../pipeline/model/vocabulary.ts'

/** What a query reaches: a triple that it does not reach cannot change its answer. */
export interface Reach {
  /** True if some pattern takes any predicate: then every triple is within reach. */
  any: boolean
  /** Every IRI of the query: a predicate is in a pattern, in a path, or among the values of a variable. */
  named: ReadonlySet<string>
  /** True if some pattern asks for the class of a node without saying which. */
  anyClass: boolean
}

interface Node {
  type?: string
  termType?: string
  value?: string
  variables?: Node[]
  input?: Node | Node[]
  predicate?: Node
  object?: Node
  [key: string]: unknown
}

const inputs = ({ input }: Node): Node[] => (Array.isArray(input) ? input : input ? [input] : [])

/** The variables that VALUES binds in a group, as far as it is joined there. */
const valuesOf = (node: Node): string[] =>
  node.type === 'values'
    ? (node.variables ?? []).map(({ value }) => value ?? '')
    : node.type === 'join'
      ? inputs(node).flatMap(valuesOf)
      : []

/** True if a pattern has a predicate that is a variable and is not one of those that VALUES lists beside it. */
function takesAny(node: Node, bound: ReadonlySet<string>): boolean {
  if (node.type === 'pattern') return node.predicate?.termType === 'Variable' && !bound.has(node.predicate.value ?? '')
  if (node.type === 'bgp') return (node.patterns as Node[]).some((pattern) => takesAny(pattern, bound))
  if (node.type === 'nps') return true
  if (node.type === 'minus') {
    const [left, right] = inputs(node)
    return (
      (left !== undefined && takesAny(left, bound)) ||
      (right !== undefined && takesAny(right, new Set(valuesOf(right))))
    )
  }
  const within = new Set([...bound, ...inputs(node).flatMap((input) => (node.type === 'union' ? [] : valuesOf(input)))])
  const children = Object.entries(node).flatMap(([key, value]) =>
    key === 'metadata' ? [] : Array.isArray(value) ? value : [value],
  )
  return children.some((child) => typeof child === 'object' && child !== null && takesAny(child as Node, within))
}

function each(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const item of node) each(item, visit)
  else if (typeof node === 'object' && node !== null) {
    visit(node as Node)
    for (const [key, value] of Object.entries(node)) if (key !== 'metadata') each(value, visit)
  }
}

const engine = new QueryEngine()

/** What a query reaches, from its algebra. */
export async function reachOf(query: string): Promise<Reach> {
  const algebra = (await engine.explain(query, { sources: [new Store()] } as never, 'parsed')).data as Node
  const named = new Set<string>()
  let anyClass = false
  /** True if a pattern takes its predicate from a list, in which rdf:type may stand. */
  let listed = false
  each(algebra, (node) => {
    if (node.termType === 'NamedNode' && node.value !== undefined) named.add(node.value)
    if ((node.type === 'path' || node.type === 'link') && JSON.stringify(node).includes(rdf.type.value)) anyClass = true
    if (node.type !== 'pattern' || node.object?.termType !== 'Variable') return
    if (node.predicate?.value === rdf.type.value) anyClass = true
    if (node.predicate?.termType === 'Variable') listed = true
  })
  const any = takesAny(algebra, new Set())
  return { any, named, anyClass: anyClass || (listed && named.has(rdf.type.value)) }
}

/** True if a triple with this predicate and object may change the answer. */
export const reaches = ({ any, named, anyClass }: Reach, predicate: string, object: string): boolean =>
  any || (named.has(predicate) && (predicate !== rdf.type.value || anyClass || named.has(object)))
