/**
 * SPARQL over quads that are at hand. Comunica could open sockets for `SERVICE`, `LOAD` and sources that are addresses;
 * it is only ever given a store, and a query that asks for more is refused before it runs, unless it is handed a fetch for
 * `SERVICE`.
 */
import type { QueryEngine } from '@comunica/query-sparql'
import type { Quad, Term } from '@rdfjs/types'
import { DataFactory, Store } from 'n3'
import type { Code } from '../model/codes.ts'
import type { Outcome, Problem } from '../model/problem.ts'
import { addressProblem, mediaTypeProblem, NetworkError, networkProblem, statusProblem } from '../network.ts'
import { bridgeNode20 } from './node-20.ts'
import { bareQuery, placeIn, placeOfError, withPrefixes } from './query-text.ts'

export { loadFiles } from './load.ts'

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

export interface Online {
  /** Asks for all connections; throws a `NetworkError` where there is no answer. */
  fetch: typeof fetch
  /** The endpoint asked instead of those that the query names. */
  service?: string
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

export interface Operation {
  type: string
  default?: unknown
  input?: unknown
  name?: unknown
  named?: unknown
  variables?: unknown
}
const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

function* operations(value: unknown): Generator<Operation> {
  if (Array.isArray(value)) for (const item of value) yield* operations(item)
  else if (isOperation(value)) {
    yield value
    for (const key of Object.keys(value))
      if (key !== 'metadata') yield* operations((value as unknown as Record<string, unknown>)[key])
  }
}

/**
 * Comunica prunes alternatives that no triple has, and with the last of them the whole path: `(a|b)*` then breaks off or
 * finds nothing, where every node should lead to itself. A single step is not pruned, and finds the same.
 */
function keepAbsentAlternatives(operation: Operation, store: Store): void {
  for (const part of operations(operation)) {
    if (part.type !== 'alt') continue
    const steps = (part.input ?? []) as { type: string; iri: Term }[]
    const [first] = steps
    if (
      first &&
      steps.every(({ type, iri }) => type === 'link' && store.countQuads(null, iri as never, null, null) === 0)
    )
      Object.assign(part, first, { input: undefined })
  }
}

/** Every part of a query's algebra; throws what the parser throws. */
export async function partsOf(query: string): Promise<Operation[]> {
  const comunica = await engineOf()
  return [...operations((await comunica.explain(query, { sources: [new Store()] } as never, 'parsed')).data)]
}

const UPDATES = new Set('add clear compositeupdate copy create deleteinsert drop load move'.split(' '))

function refusal(
  query: string,
  operation: Operation,
  store: Store,
  file: string,
  online: boolean,
): Problem | undefined {
  const refuse = (code: Code, word: RegExp, message: string, hint: string): Problem => ({
    code,
    severity: 'error',
    message,
    hint,
    place: placeIn(query, bareQuery(query).search(word), file),
  })
  const never = 'Queries see only the files that they are given; get the data first, then name its file.'
  for (const part of operations(operation)) {
    if (part.type === 'service' && !online)
      return refuse('query-network', /\bSERVICE\b/i, 'SERVICE would open a connection.', never)
    if (part.type === 'service' && (part.name as Term).termType !== 'NamedNode')
      return refuse(
        'query-network',
        /\bSERVICE\b/i,
        'SERVICE with a variable could ask anybody.',
        'Name the endpoint: SERVICE <https://…>.',
      )
    if (part.type === 'load') return refuse('query-network', /\bLOAD\b/i, 'LOAD would open a connection.', never)
    if (UPDATES.has(part.type) || part.type === 'nop')
      return refuse(
        'query-invalid',
        /\S/,
        part.type === 'nop' ? 'There is no query here.' : 'This changes data; only questions are answered.',
        'Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.',
      )
    if (part.type === 'from') {
      const graphs = [...(part.default as Term[]), ...(part.named as Term[])]
      const foreign = graphs.find((graph) => store.countQuads(null, null, null, graph as never) === 0)
      if (foreign)
        return refuse(
          'query-network',
          /\bFROM\b/i,
          `FROM <${foreign.value}> names a graph that is not in the data.`,
          never,
        )
    }
  }
  return undefined
}

const RESULTS = ['application/sparql-results+json', 'application/json', 'application/sparql-results+xml']

/**
 * A fetch that asks the endpoints of the `SERVICE` clauses and nobody else, and takes nothing but results from them. Puts
 * the address of `service` into the clauses. Comunica wraps what a fetch throws, so what went wrong is also kept.
 */
function onlyEndpoints(
  operation: Operation,
  { fetch: ask, service }: Online,
): { fetch: typeof fetch; problems: Problem[]; wrong: Problem | undefined } {
  const problems: Problem[] = []
  const endpoints = new Set<string>()
  let wrong: Problem | undefined
  for (const part of operations(operation)) {
    if (part.type !== 'service') continue
    if (service !== undefined) part.name = DataFactory.namedNode(service)
    const { value } = part.name as Term
    wrong ??= addressProblem(value)
    if (!wrong) endpoints.add(withoutQuery(value))
  }
  const fail = (problem: Problem): never => {
    problems.push(problem)
    throw new NetworkError(problem)
  }
  return {
    problems,
    wrong,
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      if (!endpoints.has(withoutQuery(url)))
        fail(networkProblem('network-address', url, 'The query does not name this address.', 'Name it in SERVICE.'))
      let response: Response
      try {
        response = await ask(input, init)
      } catch (error) {
        if (error instanceof NetworkError) problems.push(error.problem)
        throw error
      }
      const { status, headers } = response
      const answer = { status, url, headers, body: new Uint8Array(), text: () => '' }
      const bad = statusProblem(answer) ?? mediaTypeProblem(answer, RESULTS)
      if (bad) return fail(bad)
      // Half an answer would else break off inside Comunica, without a word about the server.
      const whole = /json/.test(headers.get('content-type') ?? '')
      if (whole && !isJson(await response.clone().text()))
        fail(networkProblem('network-answer', url, `${new URL(url).host} sent half an answer.`, 'Try again later.'))
      return response
    },
  }
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const withoutQuery = (url: string): string => {
  const { origin, pathname } = new URL(url)
  return origin + pathname
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
  const rows = (await (await result.execute()).toArray()).map(
    (row) => new Map([...row].map(([variable, term]) => [variable.value, term as Term])),
  )
  return { value: { kind: 'bindings', variables: variablesOf(query, operation), rows }, problems: [] }
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
