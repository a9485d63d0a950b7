/** What is to be loaded: the graphs of `out/newsgraph.nq`, as they stand there. */
import type { Quad } from '@rdfjs/types'
import { DataFactory, Parser } from 'n3'
import { compareCodePoints, sortByCodePoint } from '../6-write/order.ts'
import { readText } from '../io.ts'
import type { Outcome } from '../model/problem.ts'
import type { GraphName } from './endpoint.ts'

const DATASET = 'out/newsgraph.nq'
const DATASET_LIMIT = 1024 * 1024 * 1024

export interface PlannedGraph {
  graph: GraphName
  /** Canonical N-Triples, one a line, in code-point order. */
  lines: string[]
  /** Bytes of all lines. */
  bytes: number
}

/** Where the graphs go: each to the graph of its own name, all to one graph, or all to the default graph. */
export type Target = 'named' | 'default' | { graph: string }

const planned = (graph: GraphName, lines: string[]): PlannedGraph => ({
  graph,
  lines,
  bytes: lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0),
})

/** The graphs of canonical N-Quads in code-point order of their names. */
export function planOf(text: string, target: Target): PlannedGraph[] {
  const graphs = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const end = line.lastIndexOf(' <')
    if (end < 0) continue
    const graph = line.slice(end + 2, -3)
    const lines = graphs.get(graph)
    const triple = `${line.slice(0, end)} .`
    if (lines) lines.push(triple)
    else graphs.set(graph, [triple])
  }
  if (target === 'named')
    return [...graphs].sort(([a], [b]) => compareCodePoints(a, b)).map(([graph, lines]) => planned(graph, lines))
  const all = sortByCodePoint([...new Set([...graphs.values()].flat())])
  return [planned(target === 'default' ? undefined : target.graph, all)]
}

/** Reads the desk's dataset. Problem: `nothing-built`, and those of `readText`. */
export async function readPlan(folder: string, target: Target): Promise<Outcome<PlannedGraph[] | undefined>> {
  const { value, problems } = await readText(folder, DATASET, DATASET_LIMIT)
  if (value) return { value: planOf(value.text, target), problems: [] }
  if (!problems.some(({ code }) => code === 'file-missing')) return { value: undefined, problems }
  return {
    value: undefined,
    problems: [
      {
        code: 'nothing-built',
        severity: 'error',
        message: `${DATASET} is not there: nothing has been built.`,
        hint: 'Build the desk first with: newsgraph build',
        place: { file: DATASET },
        unreadable: true,
      },
    ],
  }
}

/** The quads of a planned graph, in that graph. */
export function quadsOf({ graph, lines }: PlannedGraph): Quad[] {
  const triples = new Parser({ format: 'application/n-triples' }).parse(lines.join('\n')) as Quad[]
  if (graph === undefined) return triples
  const name = DataFactory.namedNode(graph)
  return triples.map((quad) =>
    DataFactory.quad(quad.subject as never, quad.predicate as never, quad.object as never, name),
  ) as Quad[]
}

/** Lines in parts of at most so many bytes and so many lines each; a single longer line is a part of its own. */
export function partsOf(lines: readonly string[], bytes: number, most = Number.POSITIVE_INFINITY): string[][] {
  const parts: string[][] = []
  let part: string[] = []
  let size = 0
  for (const line of lines) {
    const length = Buffer.byteLength(line) + 1
    if (part.length > 0 && (size + length > bytes || part.length >= most)) {
      parts.push(part)
      part = []
      size = 0
    }
    part.push(line)
    size += length
  }
  if (part.length > 0) parts.push(part)
  return parts
}
