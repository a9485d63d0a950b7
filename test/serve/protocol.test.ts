/**
 * SPARQL 1.1 Protocol (SP), SPARQL 1.1 Graph Store HTTP Protocol (GSP), Service Description (SD) and HTTP (RFC 9110),
 * as tables of requests by section, sent to a running endpoint.
 */
import { request } from 'node:http'
import { Parser } from 'n3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Serving } from '../../pipeline/serve/serve.ts'
import { deskOf, startEndpoint } from './server.ts'

const DATA = `<http://desk.example/a> <http://desk.example/p> "1"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger> <http://desk.example/graph/one> .
<http://desk.example/a> <http://desk.example/p> "2" <http://desk.example/graph/one> .
<http://desk.example/a> <http://desk.example/p> "2" <http://desk.example/graph/two> .
<http://desk.example/b/ø> <http://desk.example/q> <http://desk.example/a> <http://desk.example/graph/two> .
<http://desk.example/dataset> <http://purl.org/dc/terms/title> "A desk"@en <http://desk.example/graph/description> .
`
const { desk, remove } = deskOf(DATA)
let serving: Serving
beforeAll(async () => {
  serving = await startEndpoint(desk)
})
afterAll(async () => {
  await serving.close()
  remove()
})

const ALL = 'SELECT ?s ?o { ?s <http://desk.example/p> ?o }'
const encoded = encodeURIComponent(ALL)
const form = 'application/x-www-form-urlencoded'
const direct = 'application/sparql-query'
const json = 'application/sparql-results+json'
const one = encodeURIComponent('http://desk.example/graph/one')
const two = encodeURIComponent('http://desk.example/graph/two')
const count = encodeURIComponent('SELECT (COUNT(*) AS ?n) { ?s ?p ?o }')
const inGraphs = encodeURIComponent('SELECT ?g { GRAPH ?g { ?s ?p ?o } }')

interface Case {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  status: number
  type?: string
  has?: string | RegExp
  header?: [string, string | null]
}
type Row = [section: string, what: string, Case]

const send = ({ method = 'GET', path, headers = {}, body }: Case): Promise<Response> =>
  fetch(new URL(path, serving.url), { method, headers, ...(body === undefined ? {} : { body }) })

const QUERIES: Row[] = [
  ['SP 2.1.1', 'query by GET', { path: `/sparql?query=${encoded}`, status: 200, type: json, has: '"2"' }],
  ['SP 2.1.1', 'HEAD of it', { method: 'HEAD', path: `/sparql?query=${encoded}`, status: 200, type: json }],
  ['SP 2.1.1', 'a plus sign is a space', { path: '/sparql?query=ASK+%7B%7D', status: 200, has: 'true' }],
  ['SP 2.1.1', 'two queries', { path: `/sparql?query=${encoded}&query=${encoded}`, status: 400, has: 'more than one' }],
  [
    'SP 2.1.2',
    'query by POST of a form',
    {
      method: 'POST',
      path: '/sparql',
      headers: { 'content-type': form },
      body: `query=${encoded}`,
      status: 200,
      type: json,
    },
  ],
  [
    'SP 2.1.2',
    'with charset',
    {
      method: 'POST',
      path: '/sparql',
      headers: { 'content-type': `${form}; charset=UTF-8` },
      body: `query=${encoded}`,
      status: 200,
    },
  ],
  [
    'SP 2.1.2',
    'two queries',
    {
      method: 'POST',
      path: '/sparql',
      headers: { 'content-type': form },
      body: `query=${encoded}&query=${encoded}`,
      status: 400,
    },
  ],
  [
    'SP 2.1.2',
    'no query',
    { method: 'POST', path: '/sparql', headers: { 'content-type': form }, body: 'q=1', status: 400, has: 'query=' },
  ],
  [
    'SP 2.1.3',
    'query by POST directly',
    { method: 'POST', path: '/sparql', headers: { 'content-type': direct }, body: ALL, status: 200, type: json },
  ],
  [
    'SP 2.1.3',
    'dataset in the address',
    {
      method: 'POST',
      path: `/sparql?default-graph-uri=${two}`,
      headers: { 'content-type': direct, accept: 'text/csv' },
      body: 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }',
      status: 200,
      has: /^n\r\n2\r\n$/,
    },
  ],
  [
    'SP 2.1.3',
    'another query in the address',
    { method: 'POST', path: `/sparql?query=${encoded}`, headers: { 'content-type': direct }, body: ALL, status: 400 },
  ],
  [
    'SP 2.1.3',
    'not UTF-8',
    {
      method: 'POST',
      path: '/sparql',
      headers: { 'content-type': direct },
      body: new Uint8Array([0x41, 0xff]),
      status: 400,
      has: 'UTF-8',
    },
  ],
  [
    'SP 2.1.3',
    'another charset',
    {
      method: 'POST',
      path: '/sparql',
      headers: { 'content-type': `${direct}; charset=utf-16` },
      body: ALL,
      status: 415,
      has: 'UTF-8',
    },
  ],
  [
    'SP 2.1',
    'POST of another type',
    { method: 'POST', path: '/sparql', headers: { 'content-type': 'text/plain' }, body: ALL, status: 415, has: direct },
  ],
  [
    'SP 2.1',
    'POST without a type',
    { method: 'POST', path: '/sparql', body: new TextEncoder().encode(ALL), status: 415, has: direct },
  ],
  [
    'SP 2.1',
    'another method',
    { method: 'PUT', path: '/sparql', body: ALL, status: 405, header: ['allow', 'GET, HEAD, POST, OPTIONS'] },
  ],
  [
    'SP 2.1.4',
    'without a dataset: the union, once',
    { path: `/sparql?query=${count}`, headers: { accept: 'text/csv' }, status: 200, has: /^n\r\n4\r\n$/ },
  ],
  [
    'SP 2.1.4',
    'one default graph',
    {
      path: `/sparql?query=${count}&default-graph-uri=${one}`,
      headers: { accept: 'text/csv' },
      status: 200,
      has: /^n\r\n2\r\n$/,
    },
  ],
  [
    'SP 2.1.4',
    'two default graphs: their merge',
    {
      path: `/sparql?query=${count}&default-graph-uri=${one}&default-graph-uri=${two}`,
      headers: { accept: 'text/csv' },
      status: 200,
      has: /^n\r\n3\r\n$/,
    },
  ],
  [
    'SP 2.1.4',
    'a named graph, and no default graph',
    {
      path: `/sparql?query=${count}&named-graph-uri=${one}`,
      headers: { accept: 'text/csv' },
      status: 200,
      has: /^n\r\n0\r\n$/,
    },
  ],
  [
    'SP 2.1.4',
    'a named graph is the only one',
    {
      path: `/sparql?query=${inGraphs}&named-graph-uri=${two}`,
      headers: { accept: 'text/csv' },
      status: 200,
      has: /^g\r\n(http:\/\/desk.example\/graph\/two\r\n){2}$/,
    },
  ],
  [
    'SP 2.1.4',
    'a default graph, and no named ones',
    {
      path: `/sparql?query=${inGraphs}&default-graph-uri=${two}`,
      headers: { accept: 'text/csv' },
      status: 200,
      has: /^g\r\n$/,
    },
  ],
  [
    'SP 2.1.4',
    'of both kinds, several',
    {
      path: `/sparql?query=${inGraphs}&default-graph-uri=${one}&default-graph-uri=${two}&named-graph-uri=${two}`,
      headers: { accept: 'text/csv' },
      status: 200,
      has: /^g\r\n(http:\/\/desk.example\/graph\/two\r\n){2}$/,
    },
  ],
  [
    'SP 2.1.4',
    'the parameters come before FROM',
    {
      path: `/sparql?query=${encodeURIComponent('SELECT (COUNT(*) AS ?n) FROM <http://desk.example/graph/one> { ?s ?p ?o }')}&default-graph-uri=${encodeURIComponent('http://desk.example/graph/description')}`,
      headers: { accept: 'text/csv' },
      status: 200,
      has: /^n\r\n1\r\n$/,
    },
  ],
  [
    'SP 2.1.4',
    'two graphs after FROM: their merge',
    {
      path: `/sparql?query=${encodeURIComponent('PREFIX g: <http://desk.example/graph/> SELECT (COUNT(*) AS ?n) FROM g:one FROM <http://desk.example/graph/two> { ?s ?p ?o }')}`,
      headers: { accept: 'text/csv' },
      status: 200,
      has: /^n\r\n3\r\n$/,
    },
  ],
  [
    'SP 2.1.4',
    'a graph after FROM that is not there',
    {
      path: `/sparql?query=${encodeURIComponent('ASK FROM <http://desk.example/none> { ?s ?p ?o }')}`,
      status: 400,
      has: 'There is no graph',
    },
  ],
  [
    'SD 2',
    'a browser without a query is sent to the page for people',
    { path: '/sparql', headers: { accept: 'text/html,*/*;q=0.8' }, status: 200, type: 'text/html; charset=UTF-8' },
  ],
  [
    'RFC 9110 15.5.7',
    'pages of other origins may read what is wrong, too',
    {
      path: '/sparql?query=nonsense',
      headers: { origin: 'http://elsewhere.example' },
      status: 400,
      header: ['access-control-allow-origin', '*'],
    },
  ],
  [
    'SP 2.1.4',
    'a graph that is not there',
    {
      path: `/sparql?query=${count}&default-graph-uri=http%3A%2F%2Fdesk.example%2Fnone`,
      status: 400,
      has: 'There is no graph',
    },
  ],
  [
    'SP 2.1.4',
    'a graph that is no IRI',
    { path: `/sparql?query=${count}&default-graph-uri=one`, status: 400, has: 'absolute IRI' },
  ],
  [
    'SP 2.1.5',
    'XML',
    {
      path: `/sparql?query=${encoded}`,
      headers: { accept: 'application/sparql-results+xml' },
      status: 200,
      type: 'application/sparql-results+xml',
      has: '<binding name="s">',
    },
  ],
  [
    'SP 2.1.5',
    'CSV',
    {
      path: `/sparql?query=${encoded}`,
      headers: { accept: 'text/csv' },
      status: 200,
      type: 'text/csv; charset=utf-8',
      has: /^s,o\r\n/,
    },
  ],
  [
    'SP 2.1.5',
    'TSV',
    {
      path: `/sparql?query=${encoded}`,
      headers: { accept: 'text/tab-separated-values' },
      status: 200,
      type: 'text/tab-separated-values; charset=utf-8',
      has: '?s\t?o\n',
    },
  ],
  [
    'SP 2.1.5',
    'JSON by its general name',
    {
      path: `/sparql?query=${encoded}`,
      headers: { accept: 'application/json' },
      status: 200,
      type: 'application/json',
    },
  ],
  [
    'RFC 9110 12.5.1',
    'quality decides',
    {
      path: `/sparql?query=${encoded}`,
      headers: { accept: 'text/csv;q=0.4, application/sparql-results+xml;q=0.9, */*;q=0.1' },
      status: 200,
      type: 'application/sparql-results+xml',
    },
  ],
  [
    'RFC 9110 12.5.1',
    'q=0 excludes',
    {
      path: `/sparql?query=${encoded}`,
      headers: { accept: `*/*, ${json};q=0` },
      status: 200,
      type: 'application/sparql-results+xml',
    },
  ],
  [
    'RFC 9110 12.5.1',
    'a range of types',
    { path: `/sparql?query=${encoded}`, headers: { accept: 'text/*' }, status: 200, type: 'text/csv; charset=utf-8' },
  ],
  [
    'RFC 9110 15.5.7',
    'nothing that can be given',
    { path: `/sparql?query=${encoded}`, headers: { accept: 'image/png' }, status: 406, has: json },
  ],
  [
    'SP 2.1.5',
    'Turtle of a CONSTRUCT',
    {
      path: `/sparql?query=${encodeURIComponent('CONSTRUCT WHERE { ?s ?p ?o }')}`,
      status: 200,
      type: 'text/turtle; charset=utf-8',
    },
  ],
  [
    'SP 2.1.5',
    'rows of a CONSTRUCT',
    {
      path: `/sparql?query=${encodeURIComponent('CONSTRUCT WHERE { ?s ?p ?o }')}`,
      headers: { accept: json },
      status: 406,
      has: 'text/turtle',
    },
  ],
  [
    'SP 2.1.5',
    'N-Triples of a CONSTRUCT',
    {
      path: `/sparql?query=${encodeURIComponent('CONSTRUCT WHERE { ?s ?p ?o }')}`,
      headers: { accept: 'application/n-triples' },
      status: 200,
      type: 'application/n-triples',
    },
  ],
  [
    'SP 2.1.5',
    'JSON-LD of a DESCRIBE',
    {
      path: `/sparql?query=${encodeURIComponent('DESCRIBE <http://desk.example/a>')}`,
      headers: { accept: 'application/ld+json' },
      status: 200,
      type: 'application/ld+json',
      has: '"@id"',
    },
  ],
  [
    'SP 2.1.5',
    'RDF/XML of a CONSTRUCT',
    {
      path: `/sparql?query=${encodeURIComponent('CONSTRUCT WHERE { ?s ?p ?o }')}`,
      headers: { accept: 'application/rdf+xml' },
      status: 200,
      type: 'application/rdf+xml',
      has: '<rdf:RDF',
    },
  ],
  [
    'SP 2.1.7',
    'does not parse',
    {
      path: `/sparql?query=${encodeURIComponent('SELECT *\n{ ?s ?o }')}`,
      status: 400,
      type: 'text/plain; charset=utf-8',
      has: 'line 2',
    },
  ],
  [
    'SP 2.1.7',
    'does not parse, whatever is accepted',
    { path: '/sparql?query=nonsense', headers: { accept: 'image/png' }, status: 400 },
  ],
  [
    'SP 2.1.7',
    'an unknown prefix',
    { path: `/sparql?query=${encodeURIComponent('ASK { ?s foo:bar ?o }')}`, status: 400, has: 'PREFIX foo:' },
  ],
  [
    'SP 2.1.7',
    'SERVICE',
    {
      path: `/sparql?query=${encodeURIComponent('SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }')}`,
      status: 403,
      has: 'opens no connections',
    },
  ],
  [
    'SP 2.2',
    'an update as a parameter',
    {
      method: 'POST',
      path: '/sparql',
      headers: { 'content-type': form },
      body: 'update=CLEAR+ALL',
      status: 403,
      has: 'only answers queries',
    },
  ],
  [
    'SP 2.2',
    'an update directly',
    {
      method: 'POST',
      path: '/sparql',
      headers: { 'content-type': 'application/sparql-update' },
      body: 'CLEAR ALL',
      status: 403,
    },
  ],
  ['SP 2.2', 'an update as a query', { path: '/sparql?query=CLEAR+ALL', status: 400, has: 'changes data' }],
  [
    'SD 2',
    'no query: the service description',
    { path: '/sparql', status: 200, type: 'text/turtle; charset=utf-8', has: 'sd:UnionDefaultGraph' },
  ],
  [
    'SD 2',
    'as JSON-LD',
    { path: '/sparql', headers: { accept: 'application/ld+json' }, status: 200, type: 'application/ld+json' },
  ],
  ['RFC 9110 9.3.7', 'OPTIONS', { method: 'OPTIONS', path: '/sparql', status: 204 }],
  [
    'RFC 9110 15.5.14',
    'too long',
    {
      method: 'POST',
      path: '/sparql',
      headers: { 'content-type': direct },
      body: `${ALL}#${'x'.repeat(256 * 1024)}`,
      status: 413,
    },
  ],
]

const GRAPHS: Row[] = [
  [
    'GSP 4.2',
    'a graph by name',
    {
      path: `/store?graph=${one}`,
      headers: { accept: 'application/n-triples' },
      status: 200,
      type: 'application/n-triples',
      has: /^(<http:\/\/desk.example\/a>.* \.\n){2}$/,
    },
  ],
  [
    'GSP 4.2',
    'in the datatypes as written',
    {
      path: `/store?graph=${one}`,
      headers: { accept: 'application/n-triples' },
      status: 200,
      has: '"1"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>',
    },
  ],
  [
    'GSP 4.2',
    'the default graph: each triple once',
    { path: '/store?default', headers: { accept: 'application/n-triples' }, status: 200, has: /^([^\n]* \.\n){4}$/ },
  ],
  [
    'GSP 4.1',
    'a graph at its own address',
    { path: '/graph/two', headers: { accept: 'application/n-triples' }, status: 200, has: /^([^\n]* \.\n){2}$/ },
  ],
  ['GSP 5.2', 'as Turtle', { path: `/store?graph=${one}`, status: 200, type: 'text/turtle; charset=utf-8' }],
  ['GSP 5.2', 'a graph that is not there', { path: '/store?graph=http%3A%2F%2Fdesk.example%2Fnone', status: 404 }],
  ['GSP 5.2', 'as nothing that can be given', { path: '/store?default', headers: { accept: 'text/csv' }, status: 406 }],
  ['GSP 4.2', 'no graph', { path: '/store', status: 400, has: '?graph=' }],
  ['GSP 4.2', 'both', { path: `/store?default&graph=${one}`, status: 400 }],
  ['GSP 4.2', 'two', { path: `/store?graph=${one}&graph=${two}`, status: 400 }],
  ['GSP 4.2', 'a relative name', { path: '/store?graph=one', status: 400 }],
  ['GSP 5.7', 'HEAD', { method: 'HEAD', path: '/store?default', status: 200 }],
  ...['PUT', 'POST', 'DELETE', 'PATCH'].map(
    (method): Row => [
      'GSP 5',
      `${method} is refused`,
      { method, path: '/store?default', status: 405, header: ['allow', 'GET, HEAD, OPTIONS'] },
    ],
  ),
  [
    'RFC 9110 12',
    'a thing at its address',
    { path: '/a', headers: { accept: 'application/n-triples' }, status: 200, has: 'nonNegativeInteger' },
  ],
  [
    'RFC 9110 12',
    'a thing with an escaped address',
    { path: '/b/%C3%B8', headers: { accept: 'application/n-triples' }, status: 200, has: '<http://desk.example/q>' },
  ],
  ['RFC 9110 15.5.5', 'nothing', { path: '/c', headers: { accept: 'text/turtle' }, status: 404 }],
  ['RFC 9110 15.5.5', 'a broken escape', { path: '/%C3', headers: { accept: 'text/turtle' }, status: 404 }],
]

describe.each([
  ['queries', QUERIES],
  ['graphs and things', GRAPHS],
])('%s', (_, rows) => {
  test.each(rows)('%s: %s', async (_section, _what, wanted) => {
    const response = await send(wanted)
    const text = await response.text()
    expect(response.status, text).toBe(wanted.status)
    if (wanted.type) expect(response.headers.get('content-type')).toBe(wanted.type)
    if (wanted.header) expect(response.headers.get(wanted.header[0])).toBe(wanted.header[1])
    if (wanted.method === 'HEAD') expect(text).toBe('')
    else if (typeof wanted.has === 'string') expect(text).toContain(wanted.has)
    else if (wanted.has) expect(text).toMatch(wanted.has)
  })
})

test('the service description names the endpoint, the union, the formats and every graph', async () => {
  const response = await fetch(serving.sparql, { headers: { accept: 'application/n-triples' } })
  const quads = new Parser().parse(await response.text())
  const sd = 'http://www.w3.org/ns/sparql-service-description#'
  const values = (term: string): string[] =>
    quads.filter(({ predicate }) => predicate.value === sd + term).map(({ object }) => object.value)
  expect(values('endpoint')).toEqual([serving.sparql])
  expect(values('feature')).toEqual([`${sd}UnionDefaultGraph`])
  expect(values('supportedLanguage')).toEqual([`${sd}SPARQL11Query`])
  expect(values('resultFormat')).toHaveLength(8)
  expect(values('name')).toEqual(
    ['one', 'two', 'description'].map((name) => `http://desk.example/graph/${name}`).sort(),
  )
})

/** A request with a Host field of one's own, which `fetch` does not let one set. */
const asked = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const url = new URL(serving.sparql)
    request({ host: url.hostname, port: url.port, path: '/sparql', headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })

describe('pages of other origins', () => {
  test('may read answers', async () => {
    const response = await fetch(`${serving.sparql}?query=ASK{}`, { headers: { origin: 'http://elsewhere.example' } })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })
  test('may ask before they POST', async () => {
    const headers = {
      origin: 'http://elsewhere.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    }
    const response = await fetch(serving.sparql, { method: 'OPTIONS', headers })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-methods')).toContain('POST')
    expect(response.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('content-type')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })
  test('may not, with --no-cors', async () => {
    const closed = await startEndpoint(desk, { cors: false, workers: 1 })
    const response = await fetch(`${closed.sparql}?query=ASK{}`, { headers: { origin: 'http://elsewhere.example' } })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    await closed.close()
  })
  test.each([
    ['127.0.0.1', 200],
    ['localhost:80', 200],
    ['[::1]:7077', 200],
    ['desk.localhost', 200],
    ['rebound.example', 421],
    ['127.0.0.1.rebound.example', 421],
    ['localhost.rebound.example:7077', 421],
  ])('whose name was made to lead here: %s', async (host, status) => expect(await asked(host)).toBe(status))
})
