/** From HTTP requests to answers: what is served where. The framework parses HTTP; `protocol.ts` says what it means. */
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { Answer, Job } from './dataset.ts'
import { describeService } from './description.ts'
import { choose, contentTypeOf, formatsOf, notAcceptable, ROWS, TRIPLES } from './negotiate.ts'
import {
  type Asked,
  askedByGet,
  askedByPost,
  graphAsked,
  isHome,
  isLoopback,
  isRefused,
  type Refused,
} from './protocol.ts'
import { formOf, refusalOf } from './query.ts'
import type { Pool } from './workers.ts'

export interface Settings {
  /** The address that the server listens on. */
  host: string
  /** Most rows of an answer. */
  limit: number
  /** False: no page of another origin may read answers. */
  cors: boolean
}

/** Longest body of a request, in bytes. */
const LONGEST_BODY = 1024 * 1024

const refuse = (c: Context, { status, message, headers = {} }: Refused): Response =>
  c.body(`${message}\n`, status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers })

/** The application over whichever pool serves at the moment: each request is answered by one. */
export function appOf(poolNow: () => Pool, settings: Settings): Hono {
  const app = new Hono()

  app.use(async (c, next) => {
    if (isLoopback(settings.host) && !isHome(c.req.header('host'), settings.host))
      return refuse(c, { status: 421, message: `This server is not ${c.req.header('host') ?? 'named'}.` })
    await next()
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Cache-Control', 'no-cache')
    return undefined
  })
  if (settings.cors)
    app.use(
      cors({
        origin: '*',
        allowMethods: ['GET', 'HEAD', 'POST', 'OPTIONS'],
        allowHeaders: ['Accept', 'Content-Type'],
        exposeHeaders: ['Link', 'Retry-After'],
        maxAge: 86_400,
      }),
    )
  app.use(
    bodyLimit({
      maxSize: LONGEST_BODY,
      onError: (c) =>
        refuse(c, {
          status: 413,
          message: `A request may have ${LONGEST_BODY} bytes.`,
          headers: { Connection: 'close' },
        }),
    }),
  )
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const allow = [...new Set([...methods, 'OPTIONS'])].filter((method) => method !== 'ALL').join(', ')
        return c.req.method === 'OPTIONS'
          ? c.body(null, 204, { Allow: allow })
          : c.body(`${c.req.method} is not served here; ${allow} are.\n`, 405, { Allow: allow })
      },
    }),
  )

  const reply = (c: Context, answer: Answer, type: string, headers: Record<string, string> = {}): Response =>
    'refused' in answer
      ? refuse(c, answer.refused)
      : c.body(answer.text, 200, { 'Content-Type': contentTypeOf(type), Vary: 'Accept', ...headers })
  const run = (c: Context, job: Job): Promise<Answer> => poolNow().answer(job, c.req.raw.signal)

  const query = async (c: Context, asked: Asked | Refused): Promise<Response> => {
    if (isRefused(asked)) return refuse(c, asked)
    const refused = refusalOf(asked.query)
    if (refused) return refuse(c, refused)
    const form = formOf(asked.query)
    const formats = form === undefined ? ROWS : formatsOf(form)
    const chosen =
      choose(c.req.header('accept'), formats) ?? (form === undefined ? { format: ROWS[0], type: '' } : undefined)
    if (!chosen) return refuse(c, notAcceptable(formats))
    const job: Job = { kind: 'query', form, format: chosen.format, limit: settings.limit, ...asked }
    return reply(c, await run(c, job), chosen.type)
  }
  const parameters = (c: Context): URLSearchParams => new URL(c.req.url).searchParams

  app.get('/sparql', async (c) => {
    const asked = askedByGet(parameters(c))
    if (asked) return query(c, asked)
    const chosen = choose(c.req.header('accept'), TRIPLES)
    if (!chosen) return refuse(c, notAcceptable(TRIPLES))
    const endpoint = new URL('/sparql', c.req.url).href
    return reply(c, { text: await describeService(endpoint, poolNow().facts, chosen.format) }, chosen.type)
  })
  app.post('/sparql', async (c) => {
    const bytes = await c.req.arrayBuffer()
    let body: string | undefined
    try {
      body = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {}
    return query(c, askedByPost(c.req.header('content-type'), c.req.header('content-encoding'), parameters(c), body))
  })

  app.get('/store', async (c) => {
    const asked = graphAsked(parameters(c))
    if (isRefused(asked)) return refuse(c, asked)
    const chosen = choose(c.req.header('accept'), TRIPLES)
    if (!chosen) return refuse(c, notAcceptable(TRIPLES))
    return reply(c, await run(c, { kind: 'graph', graph: asked.graph, format: chosen.format }), chosen.type)
  })

  // Every other path stands for the IRI of the desk that ends like it.
  app.get('*', async (c) => {
    const { base } = poolNow().facts
    const { pathname } = new URL(c.req.url)
    if (base === undefined || pathname === '/') return refuse(c, { status: 404, message: 'There is nothing here.' })
    const chosen = choose(c.req.header('accept'), TRIPLES)
    if (!chosen) return refuse(c, notAcceptable(TRIPLES))
    const iris = [...new Set([base + pathname.slice(1), base + decoded(pathname.slice(1))])]
    const graph = poolNow().facts.graphs.find(({ iri }) => iris.includes(iri))
    // The address of a graph gives the graph (Graph Store Protocol, section 4.1), that of a thing what is said of it.
    const job: Job = graph
      ? { kind: 'graph', graph: graph.iri, format: chosen.format }
      : { kind: 'node', iris, format: chosen.format }
    return reply(c, await run(c, job), chosen.type)
  })
  return app
}

/** A path whose percent escapes are the characters that they stand for, or as it is if they stand for none. */
function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
