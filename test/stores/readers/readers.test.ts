/**
 * Readers that nobody here wrote take what a build writes: the same number of triples, and the same canonical lines.
 * Whoever is not installed is skipped; `npm run stores:install` gets them all.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Parser } from 'n3'
import { afterAll, describe, expect, test } from 'vitest'
import { canonicalLines } from '../../../pipeline/6-write/ntriples.ts'
import { serve } from '../../../pipeline/serve/serve.ts'
import { newsgraph } from '../../commands/terminal.ts'
import { cached, python } from '../fetched.ts'
import { missingJava } from '../java.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const HERE = fileURLToPath(new URL('.', import.meta.url))
const OUT = join(ROOT, 'out')
const ARTICLE = join(OUT, 'taliban-leverage')
const scratch = mkdtempSync(join(tmpdir(), 'newsgraph-readers-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const execute = promisify(execFile)
/** What a program writes to stdout; it must not write to stderr, where readers put warnings. */
async function said(program: string, args: readonly string[], silent = true): Promise<string> {
  const { stdout, stderr } = await execute(program, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 27 })
  if (silent) expect(stderr).toBe('')
  return stdout
}

const PROGRAMS = { serdi: '/usr/bin/serdi', rapper: '/usr/bin/rapper' }
const jena = missingJava('fuseki') === undefined ? cached('fuseki') : undefined
const rdflib = python()

type Syntax = 'ttl' | 'nt' | 'trig' | 'nq' | 'jsonld'
interface Reader {
  here: boolean
  /** How each format is called; a format that is not named is one that the reader does not know. */
  formats: Partial<Record<Syntax, string>>
  /** Reads a file and gives it back as N-Triples or N-Quads. */
  read(file: string, format: string): Promise<string>
}

const READERS: Record<string, Reader> = {
  serdi: {
    here: existsSync(PROGRAMS.serdi),
    formats: { ttl: 'turtle', nt: 'ntriples', trig: 'trig', nq: 'nquads' },
    read: (file, format) => said(PROGRAMS.serdi, ['-i', format, '-o', 'nquads', file]),
  },
  rapper: {
    here: existsSync(PROGRAMS.rapper),
    formats: { ttl: 'turtle', nt: 'ntriples', trig: 'trig', nq: 'nquads' },
    read: (file, format) => said(PROGRAMS.rapper, ['-q', '-i', format, '-o', 'nquads', file]),
  },
  'Jena riot': {
    here: jena !== undefined,
    formats: { ttl: 'turtle', nt: 'ntriples', trig: 'trig', nq: 'nquads', jsonld: 'jsonld' },
    read: (file, format) =>
      said('java', ['-cp', jena ?? '', 'riotcmd.riot', '--strict', `--syntax=${format}`, '--output=nquads', file]),
  },
  rdflib: {
    here: rdflib !== undefined,
    formats: { ttl: 'turtle', nt: 'nt', trig: 'trig', nq: 'nquads', jsonld: 'json-ld' },
    read: (file, format) => said(rdflib ?? '', [join(HERE, 'quads.py'), file, format]),
  },
}

const parsed = (text: string) => new Parser({ format: 'application/n-quads' }).parse(text)
const article = readFileSync(join(ARTICLE, 'graph.nt'), 'utf8').trimEnd().split('\n')
const desk = readFileSync(join(OUT, 'newsgraph.nq'), 'utf8').trimEnd().split('\n')

describe.each(Object.entries(READERS))('%s', (_, { here, formats, read }) => {
  test.skipIf(!here).each(Object.entries(formats))('reads %s', async (syntax, format) => {
    const file = syntax === 'nq' ? join(OUT, 'newsgraph.nq') : join(ARTICLE, `graph.${syntax}`)
    const quads = parsed(await read(file, format))
    if (syntax === 'nq') {
      expect(quads.length).toBe(desk.length)
      expect(quads.flatMap((quad) => canonicalLines([quad], quad.graph.value)).sort()).toEqual([...desk].sort())
    } else {
      expect(quads.length).toBe(article.length)
      expect(canonicalLines(quads)).toEqual(article)
    }
  })
})

describe('Jena', () => {
  const shacl = (data: string) =>
    said('java', [
      '-cp',
      jena ?? '',
      'shacl.shacl',
      'validate',
      '--shapes',
      'ontology/shapes.ttl',
      '--data',
      data,
      '--text',
    ])

  // Its exit code is 0 in both cases; what it says counts.
  test.skipIf(!jena)('shacl finds that the article conforms', async () =>
    expect((await shacl(join(ARTICLE, 'graph.ttl'))).trim()).toBe('Conforms'),
  )
  test.skipIf(!jena)('shacl names the claims that lost their source', async () => {
    const file = join(scratch, 'broken.nt')
    const [lost, kept] = [
      article.filter((line) => line.includes('#claimedBy>')),
      article.filter((line) => !line.includes('#claimedBy>')),
    ]
    writeFileSync(file, `${kept.join('\n')}\n`)
    const found = new Set((await shacl(file)).match(/(?<=^Node=)<\S+>/gm))
    expect([...found].sort()).toEqual([...new Set(lost.map((line) => line.split(' ')[0]))].sort())
  })
  test.skipIf(!jena)('arq parses every query as SPARQL 1.1', async () => {
    const files = readdirSync(join(ROOT, 'ontology'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.rq'))
      .map((name) => join('ontology', name))
    expect(files.length).toBeGreaterThan(40)
    const read = await said('java', ['-cp', jena ?? '', join(HERE, 'Parse.java'), ...files], false)
    expect(read.trim().split('\n')).toEqual(files)
  })
})

test.skipIf(!rdflib)('SPARQLWrapper asks `serve` the questions of the desk, and gets the rows of `query`', async () => {
  const { value: serving, problems } = await serve(ROOT, { port: 0 })
  expect(problems).toEqual([])
  if (!serving) throw new Error('not served')
  try {
    const folder = join(ROOT, 'ontology', 'questions')
    const questions = readdirSync(folder).filter(
      (name) => name.endsWith('.rq') && /^# scope: desk$/m.test(readFileSync(join(folder, name), 'utf8')),
    )
    expect(questions.length).toBeGreaterThan(2)
    for (const name of questions) {
      const asked = execute(rdflib ?? '', [join(HERE, 'ask.py'), serving.sparql, join(folder, name)])
      const { out } = await newsgraph(['query', '--question', name.slice(0, 2), '--json', '--desk', ROOT])
      const rows = (text: string) => (JSON.parse(text) as unknown[]).map((row) => JSON.stringify(row)).sort()
      expect(rows((await asked).stdout), name).toEqual(rows(JSON.stringify(JSON.parse(out).results.bindings)))
    }
  } finally {
    await serving.close()
  }
})
