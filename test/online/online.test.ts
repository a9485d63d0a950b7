/**
 * The queries that join with Wikidata, asked of a SPARQL endpoint on this machine. Its graph holds only what was seen: that
 * Kabul is the capital of Afghanistan and Beijing that of China, in which country each lies, and what Afghanistan is.
 */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import oxigraph from 'oxigraph'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newsgraph } from '../commands/terminal.ts'
import { ROOT } from '../sample-desk.ts'

const wikidata = new oxigraph.Store()
wikidata.load(
  `PREFIX wd: <http://www.wikidata.org/entity/> PREFIX wdt: <http://www.wikidata.org/prop/direct/>
  wd:Q889 wdt:P36 wd:Q5838 . wd:Q148 wdt:P36 wd:Q956 . wd:Q5838 wdt:P17 wd:Q889 . wd:Q956 wdt:P17 wd:Q148 .
  wd:Q889 wdt:P31 wd:Q123480 , wd:Q3624078 , wd:Q6256 .`,
  { format: 'text/turtle' },
)

async function sparql(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of request) body += chunk
  const type = request.headers['content-type'] ?? ''
  const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1')
  const query = type.startsWith('application/sparql-query')
    ? body
    : ((request.method === 'POST' ? new URLSearchParams(body) : searchParams).get('query') ?? '')
  try {
    const answer = wikidata.query(query, { results_format: 'json' }) as unknown as string
    response.setHeader('content-type', 'application/sparql-results+json').end(answer)
  } catch (error) {
    response.writeHead(400, { 'content-type': 'text/plain' }).end(String(error))
  }
}

let folder = ''
let server: Server
let at = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsgraph-online-'))
  await cp(join(ROOT, 'test/desks/gazetteer'), folder, { recursive: true })
  expect((await newsgraph(['build', '--no-check', '--desk', folder])).code).toBe(0)
  server = createServer((request, response) => {
    if (request.url?.startsWith('/html')) response.setHeader('content-type', 'text/html').end('<p>Log in</p>')
    else if (request.url?.startsWith('/busy')) response.writeHead(429, { 'retry-after': '0' }).end()
    else if (request.url?.startsWith('/cut'))
      response.setHeader('content-type', 'application/sparql-results+json').end('{"head": {"vars": ["item"]}, "res')
    else if (request.url?.startsWith('/break')) request.socket.destroy()
    else void sparql(request, response)
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}, 60_000)
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const ask = (name: string, ...more: string[]) =>
  newsgraph(['query', '--question', `wikidata/${name}`, '--format', 'csv', '--desk', folder, ...more])
const facts = ({ out }: { out: string }) =>
  out
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => [...line.matchAll(/entity\/(Q\d+)/g)].map(([, id]) => id).join(' '))
    .sort()

const EXPECTED: Readonly<Record<string, string[]>> = {
  capitals: ['Q148 Q956', 'Q889 Q5838'],
  countries: ['Q5838 Q889', 'Q956 Q148'],
  classes: ['Q889 Q123480', 'Q889 Q3624078', 'Q889 Q6256'],
}

test('every query with SERVICE is tried here', async () => {
  const files = await readdir(join(ROOT, 'ontology/questions/wikidata'))
  expect(files.sort()).toEqual(
    Object.keys(EXPECTED)
      .map((name) => `${name}.rq`)
      .sort(),
  )
})

test.each(Object.keys(EXPECTED))(
  'wikidata/%s joins what is linked with what the endpoint says',
  async (name) => {
    const said = await ask(name, '--online', '--service', `${at}/sparql`)
    expect([said.code, said.err]).toEqual([0, ''])
    expect(facts(said)).toEqual(EXPECTED[name])
  },
  30_000,
)

test('without --online it is refused, and --service alone is wrong use', async () => {
  const refused = await ask('capitals')
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('query-network')
  expect((await ask('capitals', '--service', `${at}/sparql`)).code).toBe(2)
})

test.each([
  ['html', 'network-answer'],
  ['busy', 'network-answer'],
  ['break', 'network-broken'],
  ['cut', 'network-answer'],
])(
  'an endpoint that does not answer (%s) is a problem, not an empty answer',
  async (path, code) => {
    const said = await ask('capitals', '--online', '--service', `${at}/${path}`)
    expect([said.code, said.out]).toEqual([3, ''])
    expect(said.err).toContain(code)
    expect(said.err).not.toMatch(/^\s+at /m)
  },
  30_000,
)

test.each([
  ['http://127.0.0.1:1/sparql', /network-(address|unreachable)/],
  ['file:///etc/passwd', /network-address/],
])('%s is no endpoint', async (url, code) => {
  const said = await ask('capitals', '--online', '--service', url)
  expect([said.code, said.out]).toEqual([3, ''])
  expect(said.err).toMatch(code)
})

test('a variable in SERVICE is refused even with --online', async () => {
  const query = `SELECT * { VALUES ?to { <${at}/sparql> } SERVICE ?to { ?s ?p ?o } }`
  expect((await newsgraph(['query', query, '--online', '--desk', folder])).code).toBe(2)
})
