/** What a store holds of a graph, all of it: a store that gives back less than it counts is asked again in parts. */
import type { Quad } from '@rdfjs/types'
import { Parser } from 'n3'
import type { Outcome } from '../model/problem.ts'
import { type Answer, mediaTypeProblem, networkProblem } from '../network.ts'
import { addressOf, asked, type Endpoint, type GraphName, graphAddress, queried, queryStore } from './endpoint.ts'

/** Bytes of a graph that are read back at most. */
const GRAPH_LIMIT = 1024 * 1024 * 1024
const REQUEST = { headers: { Accept: 'application/n-triples' }, limit: GRAPH_LIMIT }
/** Statuses of a store that has no Graph Store Protocol, or no N-Triples there. */
const NOT_SO = [400, 405, 406, 501]
const DIGITS = [...'0123456789abcdef']

function triplesOf(answer: Answer): Outcome<Quad[] | undefined> {
  const wrong = mediaTypeProblem(answer, ['application/n-triples', 'text/plain'])
  if (wrong) return { value: undefined, problems: [wrong] }
  try {
    return { value: new Parser({ format: 'application/n-triples' }).parse(answer.text()) as Quad[], problems: [] }
  } catch (error) {
    const message = `What the store gives back does not parse as N-Triples: ${(error as Error).message}`
    return { value: undefined, problems: [networkProblem('network-answer', answer.url, message, 'Load it again.')] }
  }
}

async function constructed(endpoint: Endpoint, graph: GraphName, filter = ''): Promise<Outcome<Quad[] | undefined>> {
  const pattern = graph === undefined ? '?s ?p ?o' : `GRAPH <${graph}> { ?s ?p ?o }`
  const { value, problems } = await queried(
    endpoint,
    `CONSTRUCT { ?s ?p ?o } WHERE { ${pattern} ${filter} }`,
    [],
    REQUEST,
  )
  return value && problems.length === 0 ? triplesOf(value) : { value: undefined, problems }
}

/** By the Graph Store Protocol, or as a CONSTRUCT query. */
async function readAtOnce(endpoint: Endpoint, graph: GraphName): Promise<Outcome<Quad[] | undefined>> {
  const address = endpoint.graphStoreRead ?? endpoint.graphStore
  if (address === undefined) return constructed(endpoint, graph)
  const { value, problems } = await asked(endpoint, graphAddress(address, endpoint, graph), REQUEST)
  if (value?.status === 404) return { value: [], problems: [] }
  if (value && problems.length === 0) return triplesOf(value)
  if (value && NOT_SO.includes(value.status) && endpoint.query !== undefined) return constructed(endpoint, graph)
  return { value: undefined, problems }
}

/** A graph’s triples as the store counts them; undefined if it cannot be asked. */
async function countOf(endpoint: Endpoint, graph: string): Promise<number | undefined> {
  if (endpoint.query === undefined) return undefined
  const { value } = await queryStore(endpoint, `SELECT (COUNT(*) AS ?n) WHERE { GRAPH <${graph}> { ?s ?p ?o } }`)
  const count = value?.kind === 'bindings' ? Number(value.rows[0]?.get('n')?.value ?? Number.NaN) : Number.NaN
  return Number.isInteger(count) ? count : undefined
}

/**
 * The triples of a graph as the store holds them; none if it has no such graph. N-Triples only: some stores write other
 * Turtle than they hold. A named graph is counted too; where the store gives back less than it counts, because it cuts
 * long answers (Virtuoso: ResultSetMaxRows) or has no Graph Store Protocol, it is asked in sixteen parts, by the first
 * digit of the subjects’ MD5. Problems: those of the network, `network-answer` for one that cuts these too.
 */
export async function readGraph(endpoint: Endpoint, graph: GraphName): Promise<Outcome<Quad[] | undefined>> {
  const whole = await readAtOnce(endpoint, graph)
  // Not so the default graph: in some stores it is asked as the union of all.
  const count = whole.value && graph !== undefined ? await countOf(endpoint, graph) : undefined
  if (!whole.value || count === undefined || count <= whole.value.length) return whole
  const triples: Quad[] = []
  for (const digit of DIGITS) {
    const part = await constructed(endpoint, graph, `FILTER(SUBSTR(MD5(STR(?s)), 1, 1) = "${digit}")`)
    if (!part.value) return part
    for (const quad of part.value) triples.push(quad)
  }
  if (triples.length >= count) return { value: triples, problems: [] }
  const message = `The store counts ${count} triples in <${graph}> and gives back ${triples.length}: it cuts its answers.`
  const hint = 'Raise the limit of its answers (Virtuoso: ResultSetMaxRows), and load again.'
  return { value: undefined, problems: [networkProblem('network-answer', addressOf(endpoint), message, hint)] }
}
