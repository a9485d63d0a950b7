/**
 * A small Wikidata on this machine, over real HTTP: a reconciliation service (the W3C group’s API 0.2, manifest and POST)
 * and a Wikibase (`wbgetentities`). Everything in it is invented. `fault` may answer a request otherwise.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Item {
  label: string
  description?: string
  aliases?: string[]
  classes?: string[]
  subclassOf?: string[]
  /** Other statements: property → [type of value, value, rank]. */
  statements?: Record<string, [type: string, value: unknown, rank?: string][]>
  revision: number
}

export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  body: string
  headers: IncomingMessage['headers']
}
/** Gives back true if it has answered itself. */
export type Fault = (response: ServerResponse, asked: Asked, count: number) => boolean | undefined

export interface World {
  items: Record<string, Item>
  redirects: Record<string, string>
  /** Send what another item was merged into under its own identifier, not under the one that was asked for. */
  underTarget?: boolean
  /** What the reconciliation service answers to a query string. */
  candidates: Record<string, object[]>
  manifest: Record<string, unknown>
}

const claim = (type: string, value: unknown, rank = 'normal') => ({
  mainsnak: {
    snaktype: value === undefined ? 'somevalue' : 'value',
    ...(value === undefined ? {} : { datavalue: { type, value } }),
  },
  type: 'statement',
  rank,
})
const toItem = (id: string) =>
  claim('wikibase-entityid', { 'entity-type': 'item', 'numeric-id': Number(id.slice(1)), id })
const terms = (value: string | undefined) => (value === undefined ? [] : { en: { language: 'en', value } })

/** An item as Wikibase sends it, with only the asked props. PHP’s empty maps are lists, on purpose. */
function entity(id: string, item: Item, props: readonly string[]): object {
  const has = (prop: string): boolean => props.includes(prop)
  const claims = Object.entries({
    P31: (item.classes ?? []).map(toItem),
    P279: (item.subclassOf ?? []).map(toItem),
    ...Object.fromEntries(
      Object.entries(item.statements ?? {}).map(([property, values]) => [property, values.map((one) => claim(...one))]),
    ),
  }).filter(([, list]) => list.length > 0)
  return {
    type: 'item',
    id,
    ...(has('info') ? { pageid: 1, ns: 0, title: id, lastrevid: item.revision, modified: '2026-11-01T00:00:00Z' } : {}),
    ...(has('labels') ? { labels: terms(item.label) } : {}),
    ...(has('descriptions') ? { descriptions: terms(item.description) } : {}),
    ...(has('aliases')
      ? { aliases: item.aliases ? { en: item.aliases.map((value) => ({ language: 'en', value })) } : [] }
      : {}),
    ...(has('claims') ? { claims: claims.length > 0 ? Object.fromEntries(claims) : [] } : {}),
  }
}

function wbgetentities({ items, redirects, underTarget }: World, query: URLSearchParams): object {
  const props = (query.get('props') ?? '').split('|')
  const ids = (query.get('ids') ?? '').split('|')
  const tooLarge = ids.find((id) => Number(id.slice(1)) > 2147483647)
  if (tooLarge)
    return {
      error: { code: 'no-such-entity', info: `Could not find an entity with the ID "${tooLarge}".`, id: tooLarge },
    }
  const entities = ids.map((id): [string, object] => {
    const to = redirects[id] ?? id
    const item = items[to]
    if (!item) return [id, { id, missing: '' }]
    return [
      underTarget ? to : id,
      { ...entity(to, item, props), ...(to === id ? {} : { redirects: { from: id, to } }) },
    ]
  })
  return { entities: Object.fromEntries(entities), success: 1 }
}

export async function startWikidata(world: World, fault: () => Fault | undefined) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const body = Buffer.concat(chunks).toString('utf8')
    const one: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      body,
      headers: request.headers,
    }
    asked.push(one)
    if (fault()?.(response, one, asked.length)) return
    const send = (value: unknown): void => {
      response.setHeader('Content-Type', 'application/json; charset=utf-8')
      response.end(JSON.stringify(value))
    }
    if (url.pathname === '/w/api.php' && url.searchParams.get('action') === 'wbgetentities')
      send(wbgetentities(world, url.searchParams))
    else if (url.pathname === '/reconcile' && request.method === 'GET') send(world.manifest)
    else if (url.pathname === '/reconcile') {
      const queries = JSON.parse(new URLSearchParams(body).get('queries') ?? '{}') as Record<
        string,
        { query: string; limit: number }
      >
      send(
        Object.fromEntries(
          Object.entries(queries).map(([key, { query, limit }]) => [
            key,
            { result: (world.candidates[query] ?? []).slice(0, limit) },
          ]),
        ),
      )
    } else {
      response.statusCode = 404
      response.end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
