/** `newsgraph link` without network: an editor's work on a desk, and what is refused. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newsgraph } from '../commands/terminal.ts'

const scratch = mkdtempSync(join(tmpdir(), 'newsgraph-link-'))
const fresh = join(scratch, 'fresh')
const desk = join(scratch, 'desk')
const index = join(scratch, 'index.tsv')
const inSource = (name: string): string => readFileSync(join(desk, 'source', name), 'utf8')
const link = (...argv: string[]) => newsgraph(['link', '--desk', desk, '--seen', '2026-11-25', ...argv])
const HALL = `
  town-hall:
    label: Town hall # where the council meets
    type: facility
    part-of: city-council
`

beforeAll(async () => {
  await newsgraph(['init', fresh])
  writeFileSync(
    join(fresh, 'source/entities.yaml'),
    readFileSync(join(fresh, 'source/entities.yaml'), 'utf8').trimEnd() + HALL,
  )
  writeFileSync(
    index,
    [
      'id\tlabel\tdescription\taliases\ttypes',
      'Q9000001\tTown hall\tseat of a council\tCity Hall\tQ27096213 geographic entity',
      'Q9000002\tTown Hall\tactor\t\tQ5 human',
      'Q9000003\tTown halls\t\t\t',
      'Q9000004\tSomething else\t\t\t',
    ].join('\n'),
  )
})
afterAll(() => rmSync(scratch, { recursive: true }))
beforeEach(() => {
  rmSync(desk, { recursive: true, force: true })
  cpSync(fresh, desk, { recursive: true })
})
const files = (): [string, string] => [inSource('entities.yaml'), inSource('wikidata.lock.json')]

describe('an editor', () => {
  test('finds candidates; nothing is written', async () => {
    const old = files()
    expect(await link('--index', index)).toEqual({
      code: 0,
      err: '',
      out: `town-hall  “Town hall” (facility)
  1. Q9000001  Town hall, seat of a council  [geographic entity]
     the label is the same; its type fits: geographic entity (Q27096213) (index)
  2. Q9000002  Town Hall, actor  [human]
     the label is the same; its type does not fit: human (Q5) (index)
  3. Q9000003  Town halls
     “Town halls” differs from “Town hall” by one letter; its type was not checked: no class was seen (index)

Nothing was written. Take one with: newsgraph link --accept ENTITY=Q… --match exact --evidence "…"
`,
    })
    expect(files()).toEqual(old)
  })

  test('accepts one: the register keeps its comments, the lock takes what the index knew, and the desk builds', async () => {
    const [register] = files()
    const said = await link(
      '--accept',
      'town-hall=Q9000001',
      '--match',
      'exact',
      '--index',
      index,
      '--evidence',
      'a: "b"',
      '--evidence',
      'c',
    )
    expect(said).toEqual({ code: 0, err: '', out: 'town-hall: exact Q9000001 (Town hall).\n' })
    expect(inSource('entities.yaml')).toBe(
      `${register.trimEnd()}
    wikidata:
      - id: Q9000001
        match: exact
        evidence:
          - "a: \\"b\\""
          - "c"
        seen: 2026-11-25
`.replace(/\n$/, register.endsWith('\n') ? '\n' : ''),
    )
    expect(JSON.parse(inSource('wikidata.lock.json')).items.Q9000001).toEqual({
      label: 'Town hall',
      description: 'seat of a council',
      aliases: ['City Hall'],
      classes: [{ id: 'Q27096213', label: 'geographic entity' }],
      seen: '2026-11-25',
      evidence: ['a: "b"', 'c'],
    })
    expect((await newsgraph(['build', '--desk', desk, '--no-check'])).code).toBe(0)
    expect((await link('--check')).out).toBe('1 link · 1 of a type that fits · 0 of another kind · 0 not checked\n')
    expect((await link()).out).toMatch(/^Every entity is judged/)
    expect(readdirSync(join(desk, 'source')).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('judges that there is none, thinks better of it, and links', async () => {
    expect((await link('--accept', 'town-hall=none', '--reason', 'None seen.')).out).toBe('town-hall: no item.\n')
    expect(inSource('entities.yaml')).toContain('      - none: true\n        reason: "None seen."\n')
    expect((await link('--absent', '--index', index, '--json')).out).toContain('"id": "Q9000001"')
    const taken = await link(
      '--accept',
      'town-hall=Q9000001',
      '--match',
      'related',
      '--reason',
      'Its seat.',
      '--label',
      'Town hall',
      '--evidence',
      'a',
    )
    expect(taken.code).toBe(0)
    expect(inSource('entities.yaml')).not.toContain('None seen.')
  })

  test('pins an item that was linked by hand', async () => {
    const lone = {
      id: 'Q9000009',
      wish: [
        '--accept',
        'town-hall=Q9000001',
        '--match',
        'close',
        '--reason',
        'Nearly.',
        '--label',
        'T',
        '--evidence',
        'a',
      ],
    }
    await link(...lone.wish)
    writeFileSync(join(desk, 'source/entities.yaml'), inSource('entities.yaml').replace('Q9000001', lone.id))
    const missing = await link('--check')
    expect(missing.code).toBe(1)
    expect(missing.err).toContain('newsgraph link --pin Q9000009 --label "…" --evidence "…"')
    expect((await link('--pin', lone.id, '--label', 'Hall', '--evidence', 'a page')).out).toBe(
      'Q9000009 (Hall) is in the lock.\n',
    )
    expect((await link('--check')).code).toBe(0)
  })
})

test('a label cannot steer a terminal', async () => {
  const said = await link(
    '--accept',
    'town-hall=Q9000001',
    '--match',
    'exact',
    '--evidence',
    'a',
    '--label',
    'Hall\u202e',
  )
  expect([said.code, said.out]).toEqual([0, 'town-hall: exact Q9000001 (Hall\\u202e).\n'])
})

describe('a check of what stands in the register', () => {
  test.each([
    ['a malformed item', 'id: q42, match: exact', 'value-invalid'],
    ['a property', 'id: P31, match: exact', 'value-invalid'],
    ['a number', 'id: 42, match: exact', 'value-invalid'],
    ['one entity that is exactly two', 'id: Q42, match: exact}, {id: Q43, match: exact', 'alignment-invalid'],
    ['an item that nobody has looked at', 'id: Q42, match: close, reason: Nearly.', 'item-not-in-lock'],
  ])('finds %s', async (_name, link_, code) => {
    writeFileSync(
      join(desk, 'source/entities.yaml'),
      inSource('entities.yaml').replace('    type: facility\n', `    type: facility\n    wikidata: [{${link_}}]\n`),
    )
    const said = await link('--check')
    expect(said.code).toBe(1)
    expect(said.err).toMatch(new RegExp(`entities\\.yaml:\\d+:\\d+ error ${code}`))
  })

  test('takes a class that the desk adds', async () => {
    const wish = ['--accept', 'town-hall=Q9000002', '--match', 'exact', '--evidence', 'a', '--index', index]
    expect((await link(...wish)).code).toBe(1)
    mkdirSync(join(desk, 'ontology'))
    writeFileSync(
      join(desk, 'ontology/classes.ttl'),
      `@prefix ng: <https://w3id.org/newsgraph/ontology#> .
<http://www.wikidata.org/entity/Q5> ng:fitsEntityType <https://schema.org/CivicStructure> .\n`,
    )
    expect((await link(...wish)).code).toBe(0)
    expect((await link('--check')).out).toContain('1 of a type that fits')
  })

  test('finds the same as a build, in a document for programs', async () => {
    await link('--accept', 'town-hall=Q9000001', '--match', 'exact', '--label', 'T', '--evidence', 'a')
    writeFileSync(
      join(desk, 'source/entities.yaml'),
      inSource('entities.yaml').replace(
        '{ none: true, reason: made up for this example }',
        '{ id: Q9000001, match: exact }',
      ),
    )
    const said = JSON.parse((await link('--check', '--json')).out)
    expect([said.command, said.mode, said.exitCode]).toEqual(['link', 'check', 1])
    expect(said.problems.map(({ code }: { code: string }) => code)).toEqual(['item-of-two'])
    expect(said.counts).toEqual({
      links: 2,
      fits: 0,
      contradicts: 0,
      notChecked: { noClass: 2, classNotListed: 0, degree: 0, notInLock: 0 },
    })
  })
})

describe('what is refused leaves both files as they are', () => {
  const all = ['--match', 'exact', '--evidence', 'a', '--index', 'INDEX']
  test.each([
    ['a thing of another kind', ['--accept', 'town-hall=Q9000002', ...all], 1, 'item-of-other-kind'],
    [
      'an item of which nothing is known',
      ['--accept', 'town-hall=Q9000008', '--match', 'exact', '--evidence', 'a'],
      1,
      'Nothing is known of Q9000008',
    ],
    ['a malformed item', ['--accept', 'town-hall=9000001', ...all], 2, 'is not ENTITY=Q…'],
    ['no item', ['--accept', 'town-hall', ...all], 2, 'is not ENTITY=Q…'],
    ['an unknown entity', ['--accept', 'town-hal=Q9000001', ...all], 2, 'Did you mean “town-hall”?'],
    [
      'an unknown degree',
      ['--accept', 'town-hall=Q9000001', '--match', 'same', '--evidence', 'a'],
      2,
      '--match is one of broader, close, exact, narrower, related.',
    ],
    ['no degree', ['--accept', 'town-hall=Q9000001', '--evidence', 'a'], 2, 'the link needs a degree'],
    ['no evidence', ['--accept', 'town-hall=Q9000001', '--match', 'exact'], 2, 'the link needs evidence'],
    ['no reason', ['--accept', 'town-hall=Q9000001', '--match', 'close', '--evidence', 'a'], 2, 'needs a reason'],
    [
      'a day that is none',
      ['--seen', '2026-02-30', '--accept', 'town-hall=none', '--reason', 'x'],
      2,
      '--seen is a day',
    ],
    ['a control character', ['--accept', 'town-hall=none', '--reason', 'a\u0007b'], 2, 'holds a control character'],
    ['an absence without a reason', ['--accept', 'town-hall=none'], 2, 'an absence needs a reason'],
    ['an absence that is judged already', ['--accept', 'city-council=none', '--reason', 'x'], 1, 'is judged already'],
    ['two things at once', ['--accept', 'a=Q1', '--check'], 2, 'two different things'],
    [
      'an index that is not there',
      ['--accept', 'town-hall=Q9000001', '--match', 'exact', '--evidence', 'a', '--index', 'nowhere'],
      3,
      'nowhere does not exist|nowhere cannot be read',
    ],
  ] as const)('%s', async (_name, argv, code, message) => {
    const old = files()
    const said = await link(...argv.map((word) => (word === 'INDEX' ? index : word)))
    expect([said.code, said.out]).toEqual([code, ''])
    expect(said.err).toMatch(new RegExp(message.replace(/[().]/g, '\\$&')))
    expect(files()).toEqual(old)
  })

  test('a second exact item, the same item again, an item that is another entity', async () => {
    const accept = (key: string, item: string, match = 'exact') =>
      link('--accept', `${key}=${item}`, '--match', match, '--evidence', 'a', '--reason', 'b', '--label', 'Hall')
    expect((await accept('town-hall', 'Q9000001')).code).toBe(0)
    const old = files()
    expect((await accept('town-hall', 'Q9000003')).err).toContain('“town-hall” is exactly Q9000001 already.')
    expect((await accept('town-hall', 'Q9000001', 'close')).err).toContain('“town-hall” is linked to Q9000001 already.')
    expect((await accept('city-council', 'Q9000001')).err).toContain(
      '“city-council” and “town-hall” are both exactly Q9000001.',
    )
    expect((await link('--accept', 'town-hall=none', '--reason', 'x')).err).toContain('has a link, so there is an item')
    expect(files()).toEqual(old)
  })

  test('a layout that cannot be changed safely: the line to write stands in the hint', async () => {
    const odd = '\n  town-hall:\n    ? label\n    : Town hall\n    ? type\n    : facility\n'
    writeFileSync(join(desk, 'source/entities.yaml'), inSource('entities.yaml').replace(HALL, odd))
    const old = files()
    const said = await link('--accept', 'town-hall=none', '--reason', 'None.')
    expect([said.code, said.out]).toEqual([1, ''])
    expect(said.err).toMatch(/error link-by-hand[\s\S]*\{none: true, reason: "None\.", seen: 2026-11-25\}/)
    expect(files()).toEqual(old)
  })

  test('a register or a lock with errors', async () => {
    writeFileSync(join(desk, 'source/wikidata.lock.json'), '{"version": 1, "items": {"Q1": {}}}')
    const old = files()
    const said = await link('--accept', 'town-hall=none', '--reason', 'None.')
    expect([said.code, said.out]).toEqual([1, ''])
    expect(files()).toEqual(old)
  })
})
