/** `newsgraph link --online` against a real service on this machine, in peace and with faults. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { edtfOf, seenValue } from '../../pipeline/3-link/online/entities.ts'
import { readItems } from '../../pipeline/3-link/online/pin.ts'
import { NO_CACHE, paced } from '../../pipeline/3-link/online/polite.ts'
import { reconcile } from '../../pipeline/3-link/online/reconcile.ts'
import type { EntityNote } from '../../pipeline/model/article.ts'
import { type Ask, network } from '../../pipeline/network.ts'
import { newsgraph } from '../commands/terminal.ts'
import { type Fault, startWikidata, type World } from './wikidata-server.ts'

const schema = (name: string): object =>
  JSON.parse(readFileSync(new URL(`./schemas/${name}.schema.json`, import.meta.url), 'utf8'))
const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  formats: { uri: (text: string) => URL.canParse(text) },
})
const isManifest = ajv.compile(schema('manifest'))
const isQueryBatch = ajv.compile(schema('reconciliation-query-batch'))
const isResultBatch = ajv.compile(schema('reconciliation-result-batch'))

const candidate = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  type: [],
  score: 80,
  match: false,
  ...more,
})
const fresh = (): World => ({
  manifest: {
    versions: ['0.1', '0.2'],
    name: 'Invented Wikidata',
    identifierSpace: 'http://www.wikidata.org/entity/',
    schemaSpace: 'http://www.wikidata.org/prop/direct/',
    defaultTypes: [{ id: 'Q9009', name: 'entity' }],
    view: { url: 'https://www.wikidata.org/wiki/{{id}}' },
    batchSize: 2,
  },
  candidates: {
    'Town hall': [
      candidate('Q9000001', 'Town hall', {
        description: 'seat of a council',
        type: [{ id: 'Q9000010', name: 'seat' }],
        score: 100,
        match: true,
      }),
      candidate('Q9000002', 'Town Hall', { type: [{ id: 'Q5', name: 'human' }], score: 90 }),
      candidate('Q9000003', 'Guildhall', { score: 41.5 }),
    ],
    Quay: [candidate('Q9000004', 'Quay')],
  },
  redirects: { Q9000007: 'Q9000001' },
  items: {
    Q9000001: {
      label: 'Town hall',
      description: 'seat of a council',
      aliases: ['City Hall'],
      classes: ['Q9000010'],
      statements: {
        P36: [
          ['wikibase-entityid', { id: 'Q9000004' }],
          ['wikibase-entityid', { id: 'Q9000003' }, 'deprecated'],
        ],
        P1: [['string', 'not kept']],
      },
      revision: 17,
    },
    Q9000002: { label: 'Town Hall', classes: ['Q5'], revision: 4 },
    Q9000004: { label: 'Quay', revision: 5 },
    Q9000010: { label: 'seat', subclassOf: ['Q9000011'], revision: 6 },
    Q9000011: { label: 'building', subclassOf: ['Q27096213', 'Q9000010'], revision: 7 },
    Q27096213: { label: 'geographic entity', revision: 8 },
    Q5: { label: 'human', revision: 9 },
  },
})

const scratch = mkdtempSync(join(tmpdir(), 'newsgraph-online-'))
const prepared = join(scratch, 'prepared')
const desk = join(scratch, 'desk')
const world = fresh()
let fault: Fault | undefined
let other: Awaited<ReturnType<typeof startWikidata>>
let here: Awaited<ReturnType<typeof startWikidata>>

beforeAll(async () => {
  here = await startWikidata(world, () => fault)
  other = await startWikidata(world, () => undefined)
  await newsgraph(['init', prepared])
  const entities = [
    'town-hall: {label: Town hall, type: facility}',
    'quay: {label: Quay, type: place}',
    'nowhere: {label: Nowhere at all, type: place}',
  ]
  const file = join(prepared, 'source/entities.yaml')
  writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\n${entities.map((line) => `  ${line}\n`).join('')}`)
})
afterAll(async () => {
  await Promise.all([here.stop(), other.stop()])
  rmSync(scratch, { recursive: true })
})
beforeEach(() => {
  rmSync(desk, { recursive: true, force: true })
  cpSync(prepared, desk, { recursive: true })
  here.asked.length = 0
  fault = undefined
  Object.assign(world, { underTarget: false }, fresh())
})

const link = (...argv: string[]) =>
  newsgraph([
    'link',
    '--desk',
    desk,
    '--seen',
    '2026-11-25',
    '--online',
    '--service',
    `${here.url}/reconcile`,
    '--wikibase',
    here.url,
    ...argv,
  ])
const inSource = (name: string): string => readFileSync(join(desk, 'source', name), 'utf8')
const files = (): string[] => ['entities.yaml', 'wikidata.lock.json'].map(inSource)
interface Shown {
  exitCode: number
  problems: { code: string; message: string }[]
  entities: { key: string; answered: boolean; candidates: { id: string }[] }[]
}
const shown = (out: string): Shown => JSON.parse(out)

describe('the protocol', () => {
  test('what is sent and what is answered is what the specification asks for', async () => {
    expect((await link()).code).toBe(0)
    expect(here.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /reconcile',
      'POST /reconcile',
      'POST /reconcile',
    ])
    for (const { method, headers, body } of here.asked) {
      expect(headers['user-agent']).toMatch(/^newsgraph\/\d+\.\d+\.\d+ \(\+https:\/\/w3id\.org\/newsgraph\/\)$/)
      expect([headers.authorization, headers.cookie]).toEqual([undefined, undefined])
      if (method === 'GET') continue
      expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
      const form = new URLSearchParams(body)
      expect([...form.keys()]).toEqual(['queries'])
      const batch = JSON.parse(form.get('queries') ?? '')
      expect([isQueryBatch(batch), isQueryBatch.errors]).toEqual([true, null])
      // The manifest allows two queries at once.
      expect(Object.keys(batch).length).toBeLessThanOrEqual(2)
    }
    expect([isManifest(world.manifest), isManifest.errors]).toEqual([true, null])
    const results = Object.fromEntries(Object.entries(world.candidates).map(([key, result]) => [key, { result }]))
    expect([isResultBatch(results), isResultBatch.errors]).toEqual([true, null])
  })

  test.each([
    [
      'a manifest without identifier space',
      isManifest,
      { versions: ['0.2'], name: 'x', schemaSpace: 'https://e.org/' },
    ],
    ['a batch of no queries', isManifest, { ...fresh().manifest, batchSize: 0 }],
    ['a query without words', isQueryBatch, { q0: { limit: 3 } }],
    ['an empty query', isQueryBatch, { q0: { query: '' } }],
    ['a limit of zero', isQueryBatch, { q0: { query: 'x', limit: 0 } }],
    ['a list instead of a batch', isResultBatch, [{ result: [] }]],
    ['a result without its field', isResultBatch, { q0: [] }],
    [
      'a candidate without a score',
      isResultBatch,
      { q0: { result: [{ id: 'Q1', name: 'x', type: [], match: true }] } },
    ],
    ['a candidate whose match is a word', isResultBatch, { q0: { result: [candidate('Q1', 'x', { match: 'yes' })] } }],
  ])('the schemas refuse %s', (_name, valid, value) => {
    expect(valid(value)).toBe(false)
  })
})

describe('candidates of a service', () => {
  test('are ranked by name, by the service and by type; an entity that has none was answered for', async () => {
    const { code, out, err } = await link()
    expect([code, err]).toEqual([0, ''])
    expect(out).toBe(`town-hall  “Town hall” (facility)
  1. Q9000001  Town hall, seat of a council  [seat]
     the label is the same; the service scores it 100 and takes it for a match; its type was not checked: no class is listed (service)
  2. Q9000002  Town Hall  [human]
     the label is the same; the service scores it 90; its type does not fit: human (Q5) (service)
  3. Q9000003  Guildhall
     the service scores it 41.5; its type was not checked: no class was seen (service)

quay  “Quay” (place)
  1. Q9000004  Quay
     the label is the same; the service scores it 80; its type was not checked: no class was seen (service)

nowhere  “Nowhere at all” (place)
  no candidate

Nothing was written. Take one with: newsgraph link --accept ENTITY=Q… --match exact --evidence "…"
`)
  })

  test('are kept for the day, in a folder that Git leaves alone; --fresh asks again', async () => {
    const first = await link()
    const count = here.asked.length
    expect((await link()).out).toBe(first.out)
    expect(here.asked).toHaveLength(count)
    const [day = ''] = readdirSync(join(desk, '.newsgraph-cache'))
    expect(day).toMatch(/^newsgraph-\d{4}-\d{2}-\d{2}$/)
    expect(readFileSync(join(desk, '.newsgraph-cache', day, '.gitignore'), 'utf8')).toBe('*\n')
    await link('--fresh')
    expect(here.asked.length).toBeGreaterThan(count)
    const elsewhere = join(scratch, 'cache')
    for (const name of ['2020-01-01', 'newsgraph-2020-01-01']) mkdirSync(join(elsewhere, name), { recursive: true })
    await link('--cache', elsewhere)
    // Old answers go; what is not ours stays.
    expect(readdirSync(elsewhere)).toEqual(['2020-01-01', day])
  })

  test('go on where they stopped: what was answered is not asked again', async () => {
    fault = (response, { method }, count) => {
      if (method !== 'POST' || count < 3) return false
      response.statusCode = 403
      response.end()
      return true
    }
    const broken = shown((await link('--json')).out)
    expect(broken.entities.map(({ key, answered }) => [key, answered])).toEqual([
      ['town-hall', true],
      ['quay', true],
      ['nowhere', false],
    ])
    fault = undefined
    here.asked.length = 0
    expect((await link()).code).toBe(0)
    const batches = here.asked
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => new URLSearchParams(body).get('queries'))
    expect(batches).toEqual(['{"q0":{"query":"Nowhere at all","limit":5}}'])
  })
})

const json = (response: Parameters<Fault>[0], body: string, status = 200): true => {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Retry-After': '0' })
  response.end(body)
  return true
}
const FAULTS: [name: string, fault: Fault, codes: RegExp][] = [
  ['429, again and again', (response) => json(response, '{}', 429), /network-answer/],
  ['500, again and again', (response) => json(response, '{}', 500), /network-answer/],
  ['503, again and again', (response) => json(response, '{}', 503), /network-answer/],
  ['404', (response) => json(response, '{}', 404), /network-answer/],
  [
    'a page instead of JSON',
    (response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' })
      response.end('<p>Log in</p>')
      return true
    },
    /network-answer/,
  ],
  ['a page that says it is JSON', (response) => json(response, '<p>Log in</p>'), /network-answer/],
  ['JSON that is cut off', (response) => json(response, '{"q0": {"result": [{"id": "Q1", "na'), /network-answer/],
  ['JSON of another shape', (response) => json(response, '{"status": "error", "message": "no"}'), /network-answer/],
  ['an empty object', (response) => json(response, '{}'), /network-answer/],
  ['a list', (response) => json(response, '[]'), /network-answer/],
  ['null', (response) => json(response, 'null'), /network-answer/],
  [
    'an answer that breaks off',
    (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' })
      response.write('{"q0":')
      setTimeout(() => response.destroy(), 20)
      return true
    },
    /network-broken/,
  ],
  [
    'a connection that breaks off',
    (response) => {
      response.destroy()
      return true
    },
    /network-broken/,
  ],
  [
    'a huge answer',
    (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': String(40 * 1024 * 1024) })
      response.write('{')
      return true
    },
    /network-broken/,
  ],
  [
    'a redirect in a circle',
    (response, { path }) => {
      response.writeHead(302, { Location: path })
      response.end()
      return true
    },
    /network-redirect/,
  ],
  [
    'a redirect to another host',
    (response, { path, query }) => {
      response.writeHead(302, { Location: `${other.url}${path}?${query}` })
      response.end()
      return true
    },
    /network-redirect/,
  ],
]

describe('a fault is never an answer', () => {
  test.each(FAULTS)('%s: the service’s manifest', async (_name, given, codes) => {
    fault = given
    await expectNothing(codes)
  })

  test.each(FAULTS)('%s: the service’s candidates', async (_name, given, codes) => {
    fault = (response, asked, count) => asked.method === 'POST' && given(response, asked, count)
    await expectNothing(codes)
  })

  async function expectNothing(codes: RegExp): Promise<void> {
    const old = files()
    const said = shown((await link('--json')).out)
    expect(said.exitCode).toBe(3)
    expect(said.problems[0]?.code).toMatch(codes)
    expect(said.entities.map(({ answered, candidates }) => [answered, candidates])).toEqual([
      [false, []],
      [false, []],
      [false, []],
    ])
    const text = (await link()).out
    expect(text).not.toContain('no candidate')
    expect(text.match(/not answered/g)).toHaveLength(3)
    expect(files()).toEqual(old)
  }

  test.each(FAULTS)('%s: the items', async (_name, given, codes) => {
    await link('--accept', 'town-hall=Q9000001', '--match', 'exact')
    const old = files()
    fault = given
    const [accepted, pinned, checked] = [
      await link('--accept', 'quay=Q9000004', '--match', 'exact', '--json', '--fresh'),
      await link('--pin', 'all', '--json', '--fresh'),
      await link('--check', '--json', '--fresh'),
    ]
    for (const { code, out } of [accepted, pinned, checked]) {
      expect(code).toBe(3)
      const found = shown(out).problems.map((problem) => problem.code)
      expect(found.join(' ')).toMatch(codes)
      expect(found.join(' ')).not.toMatch(/item-/)
    }
    expect(JSON.parse(checked.out).drift).toEqual({ asked: 0, unchanged: 0, changed: 0, open: 1 })
    expect(files()).toEqual(old)
  })

  test('a busy service is asked again, and then answers', async () => {
    let busy = 2
    fault = (response) => busy-- > 0 && json(response, '{}', busy > 0 ? 429 : 500)
    const { code, err } = await link()
    expect(code).toBe(0)
    expect(err).toMatch(/is busy \(429\); asking again in 0 s/)
  })

  test('a service whose copies lag behind is asked again', async () => {
    let late = 1
    fault = (response) => late-- > 0 && json(response, '{"error": {"code": "maxlag", "info": "Waiting for db1"}}')
    expect((await link('--pin', 'Q9000001')).out).toBe('Q9000001 (Town hall) is in the lock.\n')
    expect(here.asked[0]?.query.get('maxlag')).toBe('5')
  })
})

describe('a service that will not do', () => {
  test.each([
    ['it speaks 0.1 only', { versions: ['0.1'] }, 'not 0.2'],
    ['it does not say what it speaks', { versions: undefined }, 'not 0.2'],
    ['its identifiers are not Wikidata’s', { identifierSpace: 'https://d-nb.info/gnd/' }, 'not of Wikidata'],
    ['it asks for a key', { authentication: { type: 'apiKey' } }, 'asks for a password or key'],
  ])('%s', async (_name, change, message) => {
    world.manifest = { ...fresh().manifest, ...change }
    const { code, err, out } = await link()
    expect([code, out.match(/not answered/g)?.length]).toEqual([3, 3])
    expect(err).toContain(message)
  })

  test.each([
    ['no address', ['--service', 'wikidata'], 3],
    ['another protocol', ['--service', 'file:///etc/passwd'], 3],
    ['a password in the address', ['--service', 'http://me:secret@127.0.0.1:9/'], 3],
    ['a Wikibase with a path', ['--wikibase', 'http://127.0.0.1:9/w/api.php?x=', '--pin', 'Q1'], 3],
    ['nobody there', ['--wikibase', 'http://127.0.0.1:9', '--pin', 'Q1'], 3],
  ])('%s', async (_name, argv, code) => {
    const said = await link(...argv)
    expect(said.code).toBe(code)
    expect(said.err + said.out).not.toContain('secret')
    expect(said.err).not.toContain('fault of newsgraph')
  })
})

describe('an item is read', () => {
  test('with its classes, the classes above them, and the statements of our relations, from a named revision', async () => {
    const said = await link('--accept', 'town-hall=Q9000001', '--match', 'exact', '--evidence', 'a plaque')
    expect(said).toEqual({ code: 0, err: '', out: 'town-hall: exact Q9000001 (Town hall).\n' })
    const page = (id: string, revision: number): string => `${here.url}/w/index.php?title=${id}&oldid=${revision}`
    const lock = JSON.parse(inSource('wikidata.lock.json'))
    expect(lock.items.Q9000001).toEqual({
      label: 'Town hall',
      description: 'seat of a council',
      aliases: ['City Hall'],
      classes: [{ id: 'Q9000010', label: 'seat' }],
      statements: [{ property: 'P36', label: expect.any(String), value: { item: 'Q9000004', label: 'Quay' } }],
      revision: 17,
      seen: '2026-11-25',
      evidence: [page('Q9000001', 17), 'a plaque'],
    })
    expect(lock.classes).toEqual({
      Q9000010: {
        label: 'seat',
        subclassOf: [{ id: 'Q9000011', label: 'building' }],
        seen: '2026-11-25',
        evidence: [page('Q9000010', 6)],
      },
      Q9000011: {
        label: 'building',
        subclassOf: [
          { id: 'Q9000010', label: 'seat' },
          { id: 'Q27096213', label: 'geographic entity' },
        ],
        seen: '2026-11-25',
        evidence: [page('Q9000011', 7)],
      },
    })
    expect((await newsgraph(['build', '--desk', desk, '--no-check'])).code).toBe(0)
    expect((await newsgraph(['link', '--desk', desk, '--check'])).out).toContain('1 link · 1 of a type that fits')
  })

  test('of another kind: nothing is written', async () => {
    const old = files()
    const said = await link('--accept', 'town-hall=Q9000002', '--match', 'exact')
    expect([said.code, said.err.includes('item-of-other-kind')]).toEqual([1, true])
    expect(files()).toEqual(old)
  })

  test.each([
    ['that was merged', 'Q9000007', 'item-redirected', 'use Q9000001'],
    ['that is not there', 'Q9000099', 'item-deleted', 'is not in Wikidata'],
    ['whose number is too large', 'Q99999999999', 'item-deleted', 'is not in Wikidata'],
  ])('%s: nothing is written', async (_name, id, code, message) => {
    const old = files()
    for (const argv of [
      ['--accept', `quay=${id}`, '--match', 'exact'],
      ['--pin', `Q9000001,${id}`],
    ]) {
      const said = await link(...argv)
      expect(said.code).toBe(1)
      expect(said.err).toContain(code)
      expect(said.err).toContain(message)
    }
    expect(files()).toEqual(old)
  })
})

describe('what changed since', () => {
  const change = (work: () => void): Promise<{ code: number; out: string; err: string }> => {
    work()
    return link('--check', '--fresh')
  }
  beforeEach(async () => {
    await link('--accept', 'town-hall=Q9000001', '--match', 'exact')
    await link('--accept', 'quay=Q9000004', '--match', 'exact')
  })
  const item = (id: string): World['items'][string] => world.items[id] as World['items'][string]

  test('nothing', async () => {
    const { code, out, err } = await link('--check', '--fresh')
    expect([code, err]).toEqual([0, ''])
    expect(out).toBe(
      '2 links · 1 of a type that fits · 0 of another kind · 1 not checked (1 no class was seen)\n2 items asked for · 2 as seen · 0 changed · 0 not answered\n',
    )
  })

  test('a new name: a warning, and pinning again mends it', async () => {
    const { code, out, err } = await change(() => (item('Q9000004').label = 'Old quay'))
    expect([code, out.includes('1 changed')]).toEqual([0, true])
    expect(err).toContain('warning item-changed')
    expect(err).toContain('it was called “Quay” and is called “Old quay”')
    // What the check has seen afresh is what is pinned, although an older answer was kept that day.
    expect((await link('--pin', 'all')).code).toBe(0)
    expect((await link('--check', '--fresh')).err).toBe('')
    expect(JSON.parse(inSource('wikidata.lock.json')).items.Q9000004.label).toBe('Old quay')
  })

  test('other classes: a warning, and an error if it is of another kind now', async () => {
    const { code, err } = await change(() => (item('Q9000001').classes = ['Q5']))
    expect(code).toBe(1)
    expect(err).toContain('it is no longer: seat (Q9000010); it is now: human (Q5)')
    expect(err).toContain('“town-hall” is a facility, but Q9000001 (Town hall) was seen to be a human (Q5).')
  })

  test.each([false, true])('merged into another', async (underTarget) => {
    const { code, err } = await change(() => {
      world.underTarget = underTarget
      world.redirects.Q9000004 = 'Q9000001'
    })
    expect(code).toBe(1)
    expect(err).toMatch(/source\/entities\.yaml:\d+:\d+ error item-redirected/)
    expect(err).toContain('Q9000004 (Quay) was merged into Q9000001 (Town hall).')
  })

  test('deleted', async () => {
    const { code, err } = await change(() => {
      delete world.items.Q9000004
    })
    expect(code).toBe(1)
    expect(err).toMatch(/source\/entities\.yaml:\d+:\d+ error item-deleted/)
  })
})

test('no temporary file is left', () => {
  expect(readdirSync(join(desk, 'source')).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

describe('a service that is slow', () => {
  const hasty =
    (ask: Ask): Ask =>
    (url, request) =>
      ask(url, { ...request, seconds: 0.3 })
  const asked = hasty(network({ version: '0.0.0' }))
  const nowhere = { key: 'nowhere', label: 'Nowhere at all' } as EntityNote
  const waits: [string, Fault][] = [
    ['never answers', () => true],
    [
      'sends its answer letter by letter',
      (response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' })
        const drip = setInterval(() => response.write(' '), 50)
        response.on('close', () => clearInterval(drip))
        return true
      },
    ],
  ]

  test.each(waits)('%s: a time-out is no “none”', async (_name, given) => {
    fault = (response, request, count) => request.method !== 'GET' && given(response, request, count)
    const { value, problems } = await reconcile(asked, `${here.url}/reconcile`, [nowhere], {
      limit: 5,
      cache: NO_CACHE,
    })
    expect([value.open, value.answered.size, problems.map(({ code }) => code)]).toEqual([
      ['nowhere'],
      0,
      ['network-timeout'],
    ])
  })

  test.each(waits)('%s: a time-out is no “deleted”', async (_name, given) => {
    fault = given
    const options = { ask: asked, cache: NO_CACHE, wikibase: here.url, language: 'en', seen: '2026-11-25' }
    const { value, problems } = await readItems(['Q9000001'], { ...options, properties: new Map(), classes: new Map() })
    expect([value.size, problems.map(({ code }) => code)]).toEqual([0, ['network-timeout']])
  })

  test('is given a rest between two requests, and after an error a longer one', async () => {
    const waited: number[] = []
    const statuses = [200, 500, 500, 200]
    const answer = (status: number) => ({
      value: { status, url: '', headers: new Headers(), body: new Uint8Array(), text: () => '' },
      problems: [],
    })
    const ask = paced(async () => answer(statuses.shift() ?? 200), { pause: 1000, wait: async (ms) => waited.push(ms) })
    for (const _ of ['first', 'second', 'third']) await ask('https://example.org/')
    expect(waited).toEqual([1000, 2000, 1000, 4000, 1000, 1000])
  })
})

describe('what is kept of a statement', () => {
  const GREGORIAN = 'http://www.wikidata.org/entity/Q1985727'
  const at = (time: string, precision: number, more: object = {}) => ({
    time,
    precision,
    before: 0,
    after: 0,
    timezone: 0,
    calendarmodel: GREGORIAN,
    ...more,
  })
  test.each([
    ['a day', at('+2001-10-07T00:00:00Z', 11), '2001-10-07'],
    ['a month', at('+2001-10-00T00:00:00Z', 10), '2001-10'],
    ['a year that is written as 1 January', at('+2001-01-01T00:00:00Z', 9), '2001'],
    ['a year', at('+2001-00-00T00:00:00Z', 9), '2001'],
    ['a decade', at('+1990-00-00T00:00:00Z', 8), '199X'],
    ['a century', at('+1900-00-00T00:00:00Z', 7), undefined],
    ['a year before ours', at('-0044-03-15T00:00:00Z', 11), undefined],
    ['a hundred thousand years', at('+100000-00-00T00:00:00Z', 9), undefined],
    [
      'a day of Julius’ calendar',
      at('+1582-10-04T00:00:00Z', 11, { calendarmodel: 'http://www.wikidata.org/entity/Q1985786' }),
      undefined,
    ],
    ['a span around a day', at('+2001-10-07T00:00:00Z', 11, { after: 3 }), undefined],
    ['an hour', at('+2001-10-07T12:00:00Z', 12), undefined],
    ['something else', 'yesterday', undefined],
  ])('a time: %s', (_name, value, edtf) => {
    expect(edtfOf(value)).toBe(edtf)
  })

  test.each([
    ['an item', { type: 'wikibase-entityid', value: { id: 'Q42' } }, { item: 'Q42' }],
    ['a property', { type: 'wikibase-entityid', value: { id: 'P42' } }, undefined],
    [
      'words',
      { type: 'monolingualtext', value: { text: 'Hôtel de ville', language: 'fr' } },
      { text: 'Hôtel de ville', language: 'fr' },
    ],
    ['words of an odd language', { type: 'monolingualtext', value: { text: 'x', language: 'zh_CN' } }, { text: 'x' }],
    ['a number', { type: 'quantity', value: { amount: '+9.50', unit: '1' } }, { quantity: '9.50' }],
    [
      'a number of something',
      { type: 'quantity', value: { amount: '-3', unit: 'http://www.wikidata.org/entity/Q9000005' } },
      { quantity: '-3', unit: 'Q9000005' },
    ],
    ['a number with an exponent', { type: 'quantity', value: { amount: '+1e9', unit: '1' } }, undefined],
    ['a place on the globe', { type: 'globecoordinate', value: { latitude: 1, longitude: 2 } }, undefined],
    ['words that no file can hold', { type: 'string', value: 'a\u0007b' }, undefined],
    ['nothing', undefined, undefined],
  ])('a value: %s', (_name, datavalue, value) => {
    expect(seenValue(datavalue)).toEqual(value)
  })
})
