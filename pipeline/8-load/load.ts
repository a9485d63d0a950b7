/** Load: every graph of the desk into a store, then the proof that the store holds it. Nothing in `out/` is changed. */
import type { Quad } from '@rdfjs/types'
import { Parser } from 'n3'
import { compareCodePoints } from '../6-write/order.ts'
import type { Problem } from '../model/problem.ts'
import { networkProblem } from '../network.ts'
import { deleteGraph, type Endpoint, type GraphName, queryStore, readGraph, sendGraph, update } from './endpoint.ts'
import { type Parity, parityOf } from './parity.ts'
import { type PlannedGraph, partsOf } from './plan.ts'

export interface LoadOptions {
  /** Read every graph back and compare; without it nothing is known of what the store made of it. */
  verify: boolean
  /** Remove graphs below this desk’s `graph/article/` whose article is gone. */
  prune: boolean
  /** Put the desk in the place of what the default graph holds, whatever that is. */
  replace: boolean
  /** Base of the desk’s IRIs, ending in `/`. */
  base: string
  onProgress?: (text: string) => void
}

export type LoadStatus = 'loaded' | 'unchanged' | 'removed' | 'left' | 'failed'

export interface LoadedGraph {
  graph: GraphName
  status: LoadStatus
  triples: number
  /** SHA-256 of the canonical N-Triples that the store gave back, its declared differences levelled; if it was read. */
  hash?: string
}

export interface LoadReport {
  graphs: LoadedGraph[]
  problems: Problem[]
}

/** A graph as messages name it. */
export const shownGraph = (graph: GraphName): string => (graph === undefined ? 'the default graph' : `<${graph}>`)

/** ASCII alone, because some stores read other characters of an update wrongly: `\u` escapes (SPARQL 1.1, 19.2). */
const ascii = (text: string): string =>
  text.replace(/[^\0-\x7f]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
    return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`
  })

/** By SPARQL UPDATE: the graph is dropped, then filled in parts. */
async function byUpdate(endpoint: Endpoint, { graph, lines }: PlannedGraph): Promise<Problem[]> {
  const { bodyLimit, updateTriples } = endpoint.profile
  const dropped = await update(endpoint, `DROP SILENT ${graph === undefined ? 'DEFAULT' : `GRAPH <${graph}>`}`)
  if (dropped.length > 0) return dropped
  // An escape of six letters stands for two bytes at least.
  for (const part of partsOf(lines, bodyLimit / 3, updateTriples)) {
    const triples = ascii(part.join('\n'))
    const problems = await update(
      endpoint,
      graph === undefined ? `INSERT DATA {\n${triples}\n}` : `INSERT DATA { GRAPH <${graph}> {\n${triples}\n} }`,
    )
    if (problems.length > 0) return problems
  }
  return []
}

/** By the Graph Store Protocol: PUT, and POST of what does not fit into one body. */
async function send(endpoint: Endpoint, planned: PlannedGraph): Promise<Problem[]> {
  if (endpoint.graphStore === undefined) return byUpdate(endpoint, planned)
  const parts = partsOf(planned.lines, endpoint.profile.bodyLimit)
  for (const [i, part] of parts.entries()) {
    const text = `${part.join('\n')}\n`
    const { status, problems } = await sendGraph(endpoint, i === 0 ? 'PUT' : 'POST', planned.graph, text)
    const absent = status === 404 || status === 405 || status === 501
    if (i === 0 && absent && endpoint.update !== undefined) return byUpdate(endpoint, planned)
    if (problems.length > 0) return problems
  }
  return []
}

const some = (lines: readonly string[]): string =>
  lines
    .slice(0, 2)
    .map((line) => `\n  ${line.length > 400 ? `${line.slice(0, 399)}…` : line}`)
    .join('')

/** What a store made of a graph, if it is not what was sent. */
function differs(endpoint: Endpoint, graph: GraphName, parity: Parity): Problem | undefined {
  const { missing, extra, sent, held } = parity
  if (missing.length + extra.length === 0) return undefined
  const parts = [
    missing.length > 0 ? `${missing.length} of ${sent} triples are not there, such as${some(missing)}` : '',
    extra.length > 0 ? `${extra.length} of ${held} were not sent, such as${some(extra)}` : '',
  ]
  return {
    ...networkProblem(
      'load-differs',
      endpoint.graphStore ?? endpoint.query,
      `The store does not hold ${shownGraph(graph)} as it was sent: ${parts.filter((part) => part !== '').join('\n')}`,
      'Load it again. If it stays so, look at the store’s limits and log, and whether --store names the right kind.',
    ),
    unreadable: false,
  }
}

/** Articles’ graphs in the store that the desk does not have. */
async function strays(endpoint: Endpoint, planned: readonly PlannedGraph[], base: string) {
  const query = `SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), "${base}graph/")) }`
  const { value, problems } = await queryStore(endpoint, query)
  const rows = value?.kind === 'bindings' ? value.rows : []
  const ours = new Set(planned.map(({ graph }) => graph))
  const graphs = rows
    .flatMap((row) => row.get('g')?.value ?? [])
    .filter((graph) => graph.startsWith(`${base}graph/article/`) && !ours.has(graph))
  return { graphs: graphs.sort(compareCodePoints), problems }
}

const parse = (lines: readonly string[]): Quad[] =>
  new Parser({ format: 'application/n-triples' }).parse(lines.join('\n')) as Quad[]

/** One graph: looked at first, sent if it differs, read back. */
async function loadGraph(
  endpoint: Endpoint,
  planned: PlannedGraph,
  options: LoadOptions,
): Promise<{ loaded: LoadedGraph; problems: Problem[]; stop: boolean }> {
  const { graph } = planned
  const { changes } = endpoint.profile
  const result = (status: LoadStatus, problems: Problem[], hash?: string, stop = false) => ({
    loaded: { graph, status, triples: planned.lines.length, ...(hash === undefined ? {} : { hash }) },
    problems,
    stop,
  })
  const sent = parse(planned.lines)
  const before = await readGraph(endpoint, graph)
  if (!before.value) return result('failed', before.problems, undefined, true)
  const old = parityOf(sent, before.value, changes)
  if (old.missing.length + old.extra.length === 0) return result('unchanged', [], old.heldHash)
  if (graph === undefined && old.extra.length > 0 && !options.replace)
    return result('failed', [
      {
        ...networkProblem(
          'load-would-replace',
          endpoint.graphStore ?? endpoint.query,
          `The default graph of the store holds ${old.extra.length} triples that are not the desk’s; they would be gone.`,
          'Load into named graphs (without --default-graph), or give them up with --replace.',
        ),
        unreadable: false,
      },
    ])
  const problems = await send(endpoint, planned)
  if (problems.length > 0) return result('failed', problems, undefined, true)
  if (!options.verify) return result('loaded', [])
  const after = await readGraph(endpoint, graph)
  if (!after.value) return result('failed', after.problems, undefined, true)
  const parity = parityOf(sent, after.value, changes)
  const wrong = differs(endpoint, graph, parity)
  return wrong ? result('failed', [wrong], parity.heldHash) : result('loaded', [], parity.heldHash)
}

/**
 * Loads graphs one after the other. A graph that the store holds already is not sent; one that fails for the network
 * ends the run, and the next run goes on with it. Problems: those of the network, `load-differs` (what was read back is
 * not what was sent), `load-would-replace`, `load-orphan` (warning: the graph of an article that is gone).
 */
export async function load(
  endpoint: Endpoint,
  plan: readonly PlannedGraph[],
  options: LoadOptions,
): Promise<LoadReport> {
  const graphs: LoadedGraph[] = []
  const problems: Problem[] = []
  for (const [i, planned] of plan.entries()) {
    options.onProgress?.(`${i + 1} of ${plan.length}: ${shownGraph(planned.graph)}`)
    const { loaded, problems: met, stop } = await loadGraph(endpoint, planned, options)
    graphs.push(loaded)
    problems.push(...met)
    if (stop) return { graphs, problems }
  }
  if (plan.every(({ graph }) => graph?.startsWith(options.base))) {
    const stray = await strays(endpoint, plan, options.base)
    problems.push(...stray.problems)
    for (const graph of stray.graphs) {
      const failed = options.prune ? await deleteGraph(endpoint, graph) : []
      problems.push(...failed)
      if (!options.prune)
        problems.push({
          ...networkProblem(
            'load-orphan',
            endpoint.graphStore ?? endpoint.query,
            `The store holds ${shownGraph(graph)}, whose article is not in the desk.`,
            'Remove it with --prune.',
          ),
          severity: 'warning',
          unreadable: false,
        })
      graphs.push({ graph, status: failed.length > 0 ? 'failed' : options.prune ? 'removed' : 'left', triples: 0 })
    }
  }
  return { graphs, problems }
}
