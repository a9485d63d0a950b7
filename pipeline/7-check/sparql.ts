/**
 * SPARQL over quads that are at hand. Comunica could open sockets for `SERVICE`, `LOAD` and sources that are addresses;
 * it is only ever given a store, and a query that asks for more is refused before it runs, unless it is handed a fetch for
 * `SERVICE`.
 */
import type { QueryEngine } from '@comunica/query-sparql'
import type { Quad, Term } from '@rdfjs/types'
import { Store } from 'n3'
import type { Outcome, Problem } from '../model/problem.ts'
import { keepAbsentAlternatives, type Operation, operations, refusal } from './algebra.ts'
import { bridgeNode20 } from './node-20.ts'
import { bareQuery, placeOfError, withPrefixes } from './query-text.ts'
import { type Online, onlyEndpoints } from './service.ts'

export type { Operation } from './algebra.ts'
export { loadFiles } from './load.ts'
export type { Online } from './service.ts'

export type QueryResult =
  | { kind: 'bindings'; variables: string[]; rows: ReadonlyMap<string, Term>[] }
  | { kind: 'quads'; quads: Quad[] }
  | { kind: 'boolean'; value: boolean }

export interface QueryOptions {
  /** What relative IRIs in the query are relative to, unless it says `BASE`. */
  baseIRI?: string
  /** Ask over everything in the store, whatever graph it stands in; each triple counts once. */
  unionDefaultGraph?: boolean
  /** Prefix → namespace, declared for the query where it uses one that it does not declare. */
  prefixes?: Readonly<Record<string, string>>
  /** The file that the query stands in, for the place of problems. */
  file?: string
  /** After how many seconds a query is given up; 120 unless said otherwise. */
  limit?: number
  /** With this, `SERVICE` is asked; without, refused. */
  online?: Online
}

const tooSlow = Symbol('too slow')
const stalled = Symbol('stalled')

/**
 * Gives up on a promise after some seconds, or as soon as nothing is left that could settle it. Comunica has queries
 * whose promise never settles: it loses the end of an empty step in a path such as `(^p/q)+` whose start is not known
 * yet. Node would then end without a word; it says `beforeExit` first, unless something else keeps it awake.
 */
function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(tooSlow), seconds * 1000).unref()
    const onIdle = (): void => reject(stalled)
    process.once('beforeExit', onIdle)
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer)
      process.off('beforeExit', onIdle)
    })
  })
}

/** A store of these quads; with `unionDefaultGraph` every quad also stands in the default graph, once. */
export function storeOf(quads: Iterable<Quad>, { unionDefaultGraph = false } = {}): Store {
  const store = new Store()
  for (const quad of quads) {
    store.addQuad(quad)
    if (unionDefaultGraph) store.addQuad(quad.subject, quad.predicate, quad.object)
  }
  return store
}

const unions = new WeakMap<Store, { size: number; union: Store }>()

/**
 * The default graph is filled by copying, not by Comunica's own union option: that one gives a triple that stands in
 * two graphs twice, and is many times slower on OPTIONAL and NOT EXISTS.
 */
function unionOf(store: Store): Store {
  const known = unions.get(store)
  if (known?.size === store.size) return known.union
  const union = storeOf(store, { unionDefaultGraph: true })
  unions.set(store, { size: store.size, union })
  return union
}

let engine: Promise<QueryEngine> | undefined
/** One engine serves every query of the process: loading it costs more than most queries. */
const engineOf = (): Promise<QueryEngine> => {
  if (engine === undefined) bridgeNode20()
  engine ??= import('@comunica/query-sparql').then((comunica) => new comunica.QueryEngine())
  return engine
}

/** Every part of a query's algebra; throws what the parser throws. */
export async function partsOf(query: string): Promise<Operation[]> {
  const comunica = await engineOf()
  return [...operations((await comunica.explain(query, { sources: [new Store()] } as never, 'parsed')).data)]
}

/** With `SELECT *` the columns come in the order in which the query first names them. */
function variablesOf(query: string, operation: Operation): string[] {
  let projected: string[] = []
  for (const part of operations(operation))
    if (part.type === 'project') {
      projected = (part.variables as Term[]).map((variable) => variable.value)
      break
    }
  const bare = bareQuery(query)
  if (!/^[^{]*?\bSELECT\s+((DISTINCT|REDUCED)\s+)?\*/i.test(bare)) return projected
  const at = new Map<string, number>()
  for (const { 1: name = '', index } of bare.matchAll(/[?$]([\w\u0080-\uffff]+)/g))
    if (!at.has(name)) at.set(name, index)
  return [...projected].sort((a, b) => (at.get(a) ?? -1) - (at.get(b) ?? -1))
}

function distinct(quads: Quad[]): Quad[] {
  const seen = new Store()
  return quads.filter((quad) => seen.addQuad(quad) as unknown as boolean)
}

/** A row in the order of its columns: Comunica's own is that in which it found the values. */
const inOrder = (row: { get: (name: string) => Term | undefined }, variables: readonly string[]): Map<string, Term> =>
  new Map(
    variables.flatMap((name) => {
      const term = row.get(name)
      return term === undefined ? [] : [[name, term]]
    }),
  )

async function execute(
  comunica: QueryEngine,
  operation: Operation,
  query: string,
  context: object,
): Promise<Outcome<QueryResult | undefined>> {
  const result = await comunica.query(operation as never, context as never)
  if (result.resultType === 'boolean')
    return { value: { kind: 'boolean', value: await result.execute() }, problems: [] }
  if (result.resultType === 'quads') {
    const quads = await (await result.execute()).toArray()
    return { value: { kind: 'quads', quads: distinct(quads as Quad[]) }, problems: [] }
  }
  if (result.resultType !== 'bindings') throw new Error('the engine gave back neither rows nor triples')
  const variables = variablesOf(query, operation)
  const rows = (await (await result.execute()).toArray()).map((row) => inOrder(row as never, variables))
  return { value: { kind: 'bindings', variables, rows }, problems: [] }
}

/**
 * Answers a SELECT, ASK, CONSTRUCT or DESCRIBE query from the store, with rows in the query's own order.
 * Problems: `query-invalid` (it does not parse, or would change data), `query-network` (it asks for data from elsewhere),
 * `query-failed` (it broke off while it ran), `query-too-slow`. The value is undefined if there is a problem.
 */
export async function runQuery(
  query: string,
  store: Store,
  options: QueryOptions = {},
): Promise<Outcome<QueryResult | undefined>> {
  const whole = withPrefixes(query, options.prefixes ?? {})
  const { value, problems } = await answer(whole.query, store, options)
  const moved = problems.map((problem): Problem => {
    if (problem.place?.line !== 1 || problem.place.column === undefined) return problem
    return { ...problem, place: { ...problem.place, column: Math.max(1, problem.place.column - whole.shift) } }
  })
  return { value, problems: moved }
}

async function answer(
  query: string,
  store: Store,
  { baseIRI, unionDefaultGraph = false, file = 'query', limit = 120, online }: QueryOptions,
): Promise<Outcome<QueryResult | undefined>> {
  const comunica = await engineOf()
  const data = unionDefaultGraph ? unionOf(store) : store
  const base = /\bBASE\s*<([^<>]*)>/i.exec(query)?.[1] ?? baseIRI
  // A fresh object each time: Comunica writes into the one that it is given.
  const context = () => ({ sources: [data] as [Store], ...(base === undefined ? {} : { baseIRI: base }) })
  let operation: Operation
  try {
    operation = (await comunica.explain(query, context() as never, 'parsed')).data as Operation
  } catch (error) {
    return { value: undefined, problems: [placeOfError(query, (error as Error).message, file)] }
  }
  const refused = refusal(query, operation, data, file, online !== undefined)
  if (refused) return { value: undefined, problems: [refused] }
  keepAbsentAlternatives(operation, data)
  const asking = online && onlyEndpoints(operation, online)
  const wrong = asking?.wrong
  if (wrong) return { value: undefined, problems: [wrong] }
  try {
    return await within(
      limit,
      execute(comunica, operation, query, { ...context(), ...(asking ? { fetch: asking.fetch } : {}) }),
    )
  } catch (error) {
    const [unanswered] = asking?.problems ?? []
    if (unanswered) return { value: undefined, problems: [unanswered] }
    if (error === tooSlow || error === stalled)
      return {
        value: undefined,
        problems: [
          {
            code: 'query-too-slow',
            severity: 'error',
            message:
              error === stalled
                ? 'The query engine came to a standstill over this query.'
                : `The query was given up after ${limit} seconds.`,
            hint: 'Bind the start of paths first, and write long paths (with + or *) step by step.',
            place: { file },
          },
        ],
      }
    const message = `The query broke off: ${(error as Error).message.split('\n', 1)[0]}`
    return {
      value: undefined,
      problems: [{ code: 'query-failed', severity: 'error', message, place: { file } }],
    }
  }
}
