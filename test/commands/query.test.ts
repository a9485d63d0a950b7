import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newsgraph } from './terminal.ts'

const BIN = fileURLToPath(new URL('../../bin/newsgraph.js', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'newsgraph-query-'))
const data = join(scratch, 'data.trig')
const desk = ['--desk', scratch]
const ask = (query: string, ...more: string[]) => newsgraph(['query', query, data, ...desk, ...more])

beforeAll(() => {
  writeFileSync(
    data,
    `@prefix ex: <http://example.org/> .
ex:a ex:p "plain", "with \\"quotes\\", comma\\nand line"@en, 5, 1.50, 1e0, true ; ex:q _:x .
ex:g { ex:a ex:p "plain" . ex:b ex:p "in a graph" }
`,
  )
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const SELECT = 'SELECT ?o ?none { ex:a ex:p|ex:q ?o } ORDER BY STR(?o)'

describe('formats of rows', () => {
  test('table: declared prefixes are known, cells are on one line', async () => {
    const { code, out } = await ask('SELECT * { ?s ex:p ?o FILTER(!isNumeric(?o)) } ORDER BY ?s STR(?o)')
    expect(code).toBe(0)
    expect(out.split('\n')).toEqual([
      's     o',
      `────  ${'─'.repeat(29)}`,
      'ex:a  plain',
      'ex:a  true',
      'ex:a  with "quotes", comma and line',
      'ex:b  in a graph',
      '',
    ])
  })

  test('CSV: values only, CR LF, quotation marks doubled', async () => {
    const { out } = await ask(SELECT, '--format', 'csv')
    expect(out).toBe(
      'o,none\r\n_:b0,\r\n1.50,\r\n1e0,\r\n5,\r\nplain,\r\ntrue,\r\n"with ""quotes"", comma\nand line",\r\n',
    )
  })

  test('TSV: terms as Turtle writes them', async () => {
    const { out } = await ask('SELECT ?o { ex:a ex:p ?o } ORDER BY STR(?o)', '--format', 'tsv')
    expect(out).toBe(
      '?o\n1.50\n1e0\n5\n"plain"\n"true"^^<http://www.w3.org/2001/XMLSchema#boolean>\n"with \\"quotes\\", comma\\nand line"@en\n',
    )
  })

  test('JSON: unbound is left out, strings carry no datatype', async () => {
    const { out } = await ask('SELECT ?s ?o ?none { ?s ex:p ?o } ORDER BY ?s STR(?o)', '--json')
    const { head, results } = JSON.parse(out)
    expect(head).toEqual({ vars: ['s', 'o', 'none'] })
    expect(results.bindings).toHaveLength(7)
    expect(results.bindings[0]).toEqual({
      s: { type: 'uri', value: 'http://example.org/a' },
      o: { type: 'literal', value: '1.50', datatype: 'http://www.w3.org/2001/XMLSchema#decimal' },
    })
    expect(results.bindings[3].o).toEqual({ type: 'literal', value: 'plain' })
    expect(results.bindings[5].o).toMatchObject({ type: 'literal', 'xml:lang': 'en' })
    expect(results.bindings[6].o).toEqual({ type: 'literal', value: 'in a graph' })
  })

  test('ASK', async () => {
    expect((await ask('ASK { ex:b ex:p ?o }')).out).toBe('true\n')
    expect(JSON.parse((await ask('ASK { ex:z ex:p ?o }', '--json')).out)).toEqual({ head: {}, boolean: false })
    expect((await ask('ASK { }', '--format', 'csv')).code).toBe(2)
  })
})

describe('formats of triples', () => {
  const CONSTRUCT = 'CONSTRUCT { ?s rdfs:label ?o } { ?s ex:p ?o FILTER(ISNUMERIC(?o) = false) }'
  test('Turtle', async () => {
    const { code, out } = await ask('CONSTRUCT { ex:b rdfs:label ?o } { ex:b ex:p ?o }')
    expect(code).toBe(0)
    expect(out).toBe(
      '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#>.\n@prefix ex: <http://example.org/>.\n\nex:b rdfs:label "in a graph".\n',
    )
  })
  test('N-Triples: each triple once', async () => {
    const { out } = await ask(CONSTRUCT, '--format', 'ntriples')
    expect(out.trimEnd().split('\n')).toHaveLength(4)
  })
  test('JSON-LD', async () => {
    const { out } = await ask('CONSTRUCT { ex:b rdfs:label ?o } { ex:b ex:p ?o }', '--format', 'jsonld')
    expect(JSON.parse(out)).toMatchObject({ '@id': 'ex:b', 'rdfs:label': 'in a graph' })
  })
  test('rows cannot be Turtle, and triples no table', async () => {
    expect((await ask(SELECT, '--format', 'turtle')).code).toBe(2)
    expect((await ask(CONSTRUCT, '--format', 'table')).code).toBe(2)
  })
})

describe('what is asked, and of what', () => {
  test('graphs are one default graph, and still graphs', async () => {
    expect((await ask('SELECT (COUNT(*) AS ?n) { ?s ex:p "plain" }', '--format', 'csv')).out).toBe('n\r\n1\r\n')
    expect((await ask('SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }', '--format', 'csv')).out).toBe('n\r\n2\r\n')
    expect((await ask('SELECT ?o FROM ex:g { ex:b ex:p ?o }', '--format', 'csv')).out).toBe('o\r\nin a graph\r\n')
  })

  test('the query from a file, or from stdin', async () => {
    const file = join(scratch, 'q.rq')
    writeFileSync(file, '# a question\nASK { ?s ?p ?o }\n')
    expect((await newsgraph(['query', '--file', file, data, ...desk])).out).toBe('true\n')
    const stdin = async (): Promise<string> => 'ASK { ?s ?p "nothing" }'
    expect((await newsgraph(['query', '-', data, ...desk], { stdin })).out).toBe('false\n')
  })

  test('a query that does not parse: exit code 3, with line and column', async () => {
    const { code, err } = await ask('SELECT ?s {\n  ?s ex:p ?o\n  FILTRE(?o)\n}')
    expect(code).toBe(3)
    expect(err).toContain('query:3:3 error query-invalid')
    expect((await ask('SELECT ?s { ?s ex:p foo:x }')).err).toContain('query:1:21')
  })

  test('an update is refused', async () => {
    for (const query of ['DELETE WHERE { ?s ?p ?o }', 'LOAD <http://127.0.0.1:9/>', 'DROP ALL'])
      expect((await ask(query)).code).toBeGreaterThan(1)
  })

  test('files that are missing or broken are exit code 3', async () => {
    const broken = join(scratch, 'broken.ttl')
    writeFileSync(broken, '<http://a> <http://b>\n  oops .')
    const { code, err } = await newsgraph(['query', 'ASK {}', broken, ...desk])
    expect(code).toBe(3)
    expect(err).toContain('broken.ttl:2')
    for (const file of ['none.ttl', 'data.txt'])
      expect((await newsgraph(['query', 'ASK {}', join(scratch, file), ...desk])).code).toBe(3)
    expect((await newsgraph(['query', 'ASK {}', ...desk])).err).toContain('newsgraph build')
  })

  test('JSON-LD with a context from elsewhere is refused, one with its own is read', async () => {
    const remote = join(scratch, 'remote.jsonld')
    const own = join(scratch, 'own.jsonld')
    writeFileSync(remote, '{"@context": "http://127.0.0.1:9/context", "name": "x"}')
    writeFileSync(own, '{"@context": {"name": "http://example.org/name"}, "@id": "http://example.org/i", "name": "x"}')
    expect((await newsgraph(['query', 'ASK {}', remote, ...desk])).code).toBe(3)
    expect((await newsgraph(['query', 'ASK { ?s <http://example.org/name> "x" }', own, ...desk])).out).toBe('true\n')
  })

  test('alternatives that no triple has: every node still leads to itself', async () => {
    const path = (steps: string) =>
      ask(
        `SELECT DISTINCT ?end { ex:a ex:q ?x . ?s ex:q ?x . ?s ${steps} ?end FILTER(isIRI(?end)) }`,
        '--format',
        'csv',
      )
    for (const steps of ['(ex:none|ex:neither)*', '(ex:none|ex:neither)?', '(ex:none|^ex:neither|ex:p)*'])
      expect((await path(steps)).out, steps).toBe('end\r\nhttp://example.org/a\r\n')
    expect((await path('ex:none|ex:neither')).out).toBe('end\r\n')
    const joined = '?x ex:q ?y . { ?x ex:p 5 } UNION { ?x (ex:none|ex:neither)* ?z . ?z ex:r|ex:q ?y }'
    expect((await ask(`SELECT DISTINCT ?x { ${joined} }`, '--format', 'csv')).out).toBe('x\r\nhttp://example.org/a\r\n')
  })

  test('a query over which the engine comes to a standstill is given up, and says so', { timeout: 60_000 }, () => {
    const dead = join(scratch, 'dead.ttl')
    writeFileSync(dead, '@prefix : <http://e/> . :x1 :p :c1 ; :q :c2 . :x2 :p :c2 ; :q :c3 . :x3 :p :c4 ; :q :c5 .')
    const query = 'PREFIX : <http://e/> SELECT ?c ?d { ?x :p ?c . ?c (^:p/:q)+ ?d }'
    const { status, stderr } = spawnSync(process.execPath, [BIN, 'query', query, dead, ...desk], { encoding: 'utf8' })
    expect(stderr).toContain('came to a standstill')
    expect(status).toBe(1)
  })
})

describe('the network', () => {
  let server: Server
  let port = 0
  let knocks = 0
  beforeAll(async () => {
    server = createServer((socket) => {
      knocks++
      socket.destroy()
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    port = (server.address() as { port: number }).port
  })
  afterAll(() => void server.close())

  test('is never touched', async () => {
    const there = `<http://127.0.0.1:${port}/>`
    const queries = [
      `SELECT * { SERVICE ${there} { ?s ?p ?o } }`,
      `SELECT * { SERVICE SILENT ${there} { ?s ?p ?o } }`,
      `SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE ${there} { ?s ?p ?o } } }`,
      `SELECT * { ?s ?p ?o . { SELECT ?s { SERVICE ?where { ?s ?p ?o } } } }`,
      `SELECT * FROM ${there} { ?s ?p ?o }`,
      `ASK FROM NAMED ${there} { GRAPH ?g { ?s ?p ?o } }`,
      `LOAD ${there}`,
    ]
    for (const query of queries) expect((await ask(query)).code, query).toBe(2)
    expect((await ask(`SELECT * { GRAPH ${there} { ?s ?p ?o } }`)).code).toBe(0)
    expect(knocks).toBe(0)
  })
})
