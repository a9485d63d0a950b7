/** A desk and an invented Wikidata on this machine for the suites that import this; both are fresh for each test. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { newsgraph } from '../commands/terminal.ts'
import { type Fault, startWikidata, type World } from './wikidata-server.ts'

export const candidate = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  type: [],
  score: 80,
  match: false,
  ...more,
})
export const fresh = (): World => ({
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

export const scratch = mkdtempSync(join(tmpdir(), 'newsgraph-online-'))
const prepared = join(scratch, 'prepared')
export const desk = join(scratch, 'desk')
export const world = fresh()
/** What goes wrong at the service, until the next test. */
export const service: { fault: Fault | undefined } = { fault: undefined }
export let other: Awaited<ReturnType<typeof startWikidata>>
export let here: Awaited<ReturnType<typeof startWikidata>>

beforeAll(async () => {
  here = await startWikidata(world, () => service.fault)
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
  service.fault = undefined
  Object.assign(world, { underTarget: false }, fresh())
})

export const link = (...argv: string[]) =>
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
export const inSource = (name: string): string => readFileSync(join(desk, 'source', name), 'utf8')
export const files = (): string[] => ['entities.yaml', 'wikidata.lock.json'].map(inSource)
export interface Shown {
  exitCode: number
  problems: { code: string; message: string }[]
  entities: { key: string; answered: boolean; candidates: { id: string }[] }[]
}
export const shown = (out: string): Shown => JSON.parse(out)
