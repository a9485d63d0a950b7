/**
 * Every report of one small desk with failures: an article with a broken rule, a warning of a shape and an answer that
 * differs, and one whose quote is not found. The ontology is the package's, cut down to a few shapes, rules and
 * questions so that a person can read the expected reports in `samples/`.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DOMParser } from '@xmldom/xmldom'
import { Parser, Store } from 'n3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { githubText } from '../../pipeline/report/github.ts'
import { junitText } from '../../pipeline/report/junit.ts'
import { newsgraph } from '../commands/terminal.ts'
import { reportJsonSchema, reportSchema } from './report-schema.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SAMPLES = fileURLToPath(new URL('samples/', import.meta.url))
const EARL = 'http://www.w3.org/ns/earl#'
const NOTE = 'source/articles/ferry-note/annotations.yaml'
const SHAPES = `@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/newsgraph/shape#> .
@prefix ng: <https://w3id.org/newsgraph/ontology#> .
shape:Claim a sh:NodeShape ; sh:targetClass ng:Claim ; sh:property shape:claim-by .
shape:claim-by a sh:PropertyShape ; sh:path ng:claimedBy ; sh:minCount 1 ; sh:name "by" ;
    sh:message "A claim has somebody who makes it."@en .
shape:argument-undercuts a sh:NodeShape ; sh:targetClass ng:ArgumentRelation ; sh:severity sh:Warning ; sh:name "to" ;
    sh:or ( [ sh:not [ sh:property [ sh:path ng:argumentType ; sh:hasValue ng:Undercuts ] ] ]
            [ sh:not [ sh:property [ sh:path ng:conclusion ; sh:minCount 1 ; sh:class ng:Claim ] ] ] ) ;
    sh:message "What is undercut is an argument; against a claim the type is rebuts."@en .
`
const KEPT = ['argument-circle.rq', 'argument-supports-itself.rq', 'worded-positively.rq', '02-attribution.rq']

let folder = ''
let desk = ''
let ontology = ''
const edit = async (file: string, ...changes: [string, string][]): Promise<void> => {
  let text = await readFile(join(desk, file), 'utf8')
  for (const [from, to] of changes) {
    expect(text).toContain(from)
    text = text.replace(from, to)
  }
  await writeFile(join(desk, file), text)
}
const run = (...argv: string[]) => newsgraph([...argv, '--desk', desk, '--ontology', ontology])

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newsgraph-reporters-'))
  desk = join(folder, 'desk')
  ontology = join(folder, 'ontology')
  await cp(join(ROOT, 'test/bad-input/base'), desk, { recursive: true })
  await cp(join(ROOT, 'ontology'), ontology, { recursive: true })
  await writeFile(join(ontology, 'shapes.ttl'), SHAPES)
  for (const kind of ['rules', 'questions'])
    for (const name of await readdir(join(ontology, kind)))
      if (!KEPT.includes(name)) await rm(join(ontology, kind, name), { recursive: true })
  await writeFile(
    join(ontology, 'questions/02-attribution.rq'),
    `# question: Who makes which claim?
PREFIX ng: <https://w3id.org/newsgraph/ontology#>
SELECT DISTINCT ?claim ?by WHERE {
  VALUES ?article { UNDEF }
  ?claim ng:claimedBy ?by ; ng:appearsIn/<http://www.w3.org/ns/prov#specializationOf> ?article .
  FILTER (?by != <https://w3id.org/newsgraph/entity/lorvik-gazette>)
}
ORDER BY ?claim ?by
`,
  )
  await edit(
    NOTE,
    [
      'type: rebuts, implicit: true}',
      'type: undercuts, implicit: true}\n  round: {from: quay-is-safe, to: quay-is-safe, implicit: true}',
    ],
    ['says: The quay is safe.', 'says: The quay is not in danger.'],
  )
  await edit('source/articles/open-day/annotations.yaml', ['expects 200 visitors', 'expects 300 visitors'])
  await mkdir(join(desk, 'source/articles/ferry-note/answers'))
  await writeFile(
    join(desk, 'source/articles/ferry-note/answers/02-attribution.csv'),
    'claim,by\nclaim:northline-asked,entity:northline\nclaim:quay-is-safe,entity:northline\n',
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What is shown, with the desk's folder left out. */
const shown = (text: string): string => text.replaceAll(`${desk}/`, '')

describe('one desk, every report', () => {
  test('for people', async () => {
    const { code, out, err } = await run('build')
    await expect(`${shown(err)}--- stdout\n${out}--- exit ${code}\n`).toMatchFileSnapshot(join(SAMPLES, 'pretty.txt'))
  })

  test('--reporter github', async () => {
    const { code, out } = await run('build', '--reporter', 'github')
    expect(code).toBe(1)
    await expect(shown(out)).toMatchFileSnapshot(join(SAMPLES, 'github.txt'))
  })

  test('--reporter junit, which an XML parser reads', async () => {
    const { code, out } = await run('build', '--reporter', 'junit')
    expect(code).toBe(1)
    await expect(out).toMatchFileSnapshot(join(SAMPLES, 'junit.xml'))
    const document = new DOMParser({
      onError: (level, message) => {
        throw new Error(`${level}: ${message}`)
      },
    }).parseFromString(out, 'text/xml')
    const count = (name: string): number => document.getElementsByTagName(name).length
    const root = document.documentElement
    expect(Number(root?.getAttribute('tests'))).toBe(count('testcase'))
    expect(Number(root?.getAttribute('failures'))).toBe(count('failure'))
    expect(Number(root?.getAttribute('skipped'))).toBe(count('skipped'))
  })

  test('--reporter earl, one assertion for each test, and no node without an address', async () => {
    const { code, out } = await run('build', '--reporter', 'earl')
    expect(code).toBe(1)
    await expect(out.replace(/hasVersion "[^"]*"/, 'hasVersion "…"')).toMatchFileSnapshot(join(SAMPLES, 'earl.ttl'))
    const store = new Store(new Parser().parse(out))
    const assertions = store.getSubjects(null, `${EARL}Assertion`, null)
    expect(assertions).toHaveLength(2 * (2 + 3 + 1))
    for (const assertion of assertions)
      for (const property of ['assertedBy', 'subject', 'test', 'mode', 'result'])
        expect(store.getObjects(assertion, EARL + property, null)).toHaveLength(1)
    const terms = store.getQuads(null, null, null, null).flatMap((quad) => [quad.subject, quad.object])
    expect(terms.filter((term) => term.termType === 'BlankNode')).toEqual([])
    expect((await run('build', '--reporter', 'earl')).out).toBe(out)
  })

  test('--json, as its schema says', async () => {
    for (const command of ['build', 'check']) {
      const { out } = await run(command, '--json')
      const document = JSON.parse(out)
      expect(reportSchema.safeParse(document).error).toBeUndefined()
      if (command === 'build')
        await expect(`${JSON.stringify(document.problems, null, 2)}\n`).toMatchFileSnapshot(
          join(SAMPLES, 'problems.json'),
        )
    }
    await expect(reportJsonSchema()).toMatchFileSnapshot(join(ROOT, 'docs/schema/report.schema.json'))
  })

  test('an unknown reporter, or two, is wrong use', async () => {
    expect(await run('build', '--reporter', 'tap')).toMatchObject({ code: 2, out: '' })
    expect(await run('check', '--json', '--reporter', 'earl')).toMatchObject({ code: 2, out: '' })
    expect(await run('build', '--watch', '--reporter', 'junit')).toMatchObject({ code: 2, out: '' })
  })

  test('a desk that is not there is a report too', async () => {
    const nowhere = ['build', '--desk', join(folder, 'nowhere')]
    const junit = await newsgraph([...nowhere, '--reporter', 'junit'])
    expect(junit).toMatchObject({ code: 3, out: expect.stringContaining('type="no-desk"') })
    expect((await newsgraph([...nowhere, '--reporter', 'github'])).out).toMatch(/^::error file=.*source,title=no-desk/)
  })
})

describe('what reports are made of is text', () => {
  const nasty = 'a]]><b> & "c" \u0000\u001b[31m\ud800 100% x,y:z\r\n::error::no'
  const problem = {
    code: 'unknown-key',
    severity: 'error',
    message: nasty,
    place: { file: 'a,b:c%.yaml', line: 1 },
  } as const

  test('no message can end a workflow command, or begin one', () => {
    const text = githubText([problem], [], (file) => file)
    expect(text.split('\n')).toHaveLength(2)
    expect(text).toMatch(/^::error file=a%2Cb%3Ac%25\.yaml,line=1,title=unknown-key%3A [^:,]*::/)
    expect(text).toContain('100%25 x,y:z%0D%0A::error::no')
  })

  test('no message can leave its XML element', () => {
    const xml = junitText({ base: 'https://example.org/', articles: [], results: [] }, [problem], false)
    const document = new DOMParser({
      onError: (level, message) => {
        throw new Error(`${level}: ${message}`)
      },
    }).parseFromString(xml, 'text/xml')
    const failure = document.getElementsByTagName('failure')[0]
    expect(failure?.getAttribute('message')).toBe(
      nasty.replace('\u0000', '\\u0000').replace('\u001b', '\\u001b').replace('\ud800', '\\ud800'),
    )
    expect(failure?.childNodes).toHaveLength(1)
  })
})
