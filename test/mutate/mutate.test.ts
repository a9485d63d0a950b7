/** The engine of `npm run mutate` on a small desk: what it finds, that it is the same each time, and that it can see a weak check. */
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type OpenedDesk, openDesk } from '../../pipeline/pipeline.ts'
import { type Explanation, explanationsIn } from './explained.ts'
import { prove } from './prove.ts'
import { type Kind, type Prepared, prepare, type Score, score } from './score.ts'
import { asJson, asText } from './show.ts'

const folder = fileURLToPath(new URL('../desks/two-sources', import.meta.url))
const ARTICLE = 'council-notice'

/** The desk, with some of the shapes taken out. */
async function opened(...without: string[]): Promise<OpenedDesk> {
  const { value, problems } = await openDesk(folder)
  if (!value) throw new Error(JSON.stringify(problems))
  const shapes = value.ontology.shapes.map((file) => ({
    ...file,
    text: without.reduce((text, name) => text.replaceAll(new RegExp(`shape:${name} ,\\s*`, 'g'), ''), file.text),
  }))
  return { ...value, ontology: { ...value.ontology, shapes } }
}

const positions = (prepared: Prepared, explanations: Explanation[] = []): Promise<Score> =>
  score(prepared, { what: ['triples'], part: 'TextPositionSelector', explanations })
const of = ({ kinds }: Score, field: string, change: string): Kind | undefined =>
  kinds.find((kind) => kind.field === field && kind.change === change)

describe('the mutation score of a small desk', () => {
  let prepared: Prepared
  let whole: Score
  beforeAll(async () => {
    prepared = await prepare(await opened(), ARTICLE)
    whole = await positions(prepared)
  })

  it('catches every position that is moved or taken away', () => {
    expect(of(whole, 'start', 'number rewritten')?.tried).toBeGreaterThan(10)
    expect(of(whole, 'start', 'number rewritten')?.survivors).toEqual([])
    expect(of(whole, 'start', 'deleted')?.survivors).toEqual([])
    expect(whole.open).toEqual([])
  })

  it('finds a weak check: without one shape the score falls, and the survivors name the triples', async () => {
    const without = await prepare(await opened('position-start'), ARTICLE)
    const weak = await positions(without)
    const survived = of(weak, 'start', 'deleted')
    expect(survived?.survivors.length).toBeGreaterThan(0)
    expect(survived?.caught).toBeLessThan(of(whole, 'start', 'deleted')?.caught ?? 0)
    expect(weak.open[0]).toMatch(/^triple TextPositionSelector start, deleted: .*position http/)
    expect(asText(weak)).toMatch(/TextPositionSelector +\d+ +[1-9]\d* +[\d.]+ %/)
    const { part, field, change, survivors } = survived as Kind
    const note = { of: 'triple', part, field, change, why: 'said for this test only' } as const
    const held = await positions(without, [{ ...note, most: survivors.length }])
    expect(held.open).toEqual(
      weak.open.filter((line) => !line.startsWith('triple TextPositionSelector start, deleted')),
    )
    const more = await positions(without, [{ ...note, most: 1 }])
    expect(more.open.join('\n')).toContain(`${survivors.length} survive, and 1 are explained`)
  })

  it('agrees with the pipeline’s own checks of the whole graph', async () => {
    const { tried, disagree } = await prove(prepared, 3, 3)
    expect({ tried, disagree }).toEqual({ tried: 3, disagree: [] })
  })

  it('gives the same report each time', async () => {
    expect(asJson(await positions(prepared))).toBe(asJson(whole))
  })

  it('changes the fields of the annotations', async () => {
    const { kinds } = await score(prepared, { what: ['fields'], sample: 30 })
    expect(kinds.flatMap(({ by }) => Object.keys(by)).some((name) => name.startsWith('message '))).toBe(true)
    expect(kinds.every((kind) => kind.of === 'field')).toBe(true)
  })

  it('changes the fields of the register, and finds what only an answer could show, which this desk does not expect', async () => {
    const { kinds } = await score(prepared, { what: ['fields'], part: 'entities' })
    const found = (field: string, change: string): Kind | undefined =>
      kinds.find((kind) => kind.field === field && kind.change === change)
    expect(found('wikidata', 'deleted')?.by).toHaveProperty('message entity-not-judged')
    expect(found('reason', 'deleted')?.by).toHaveProperty('message reason-missing')
    expect(found('type', 'value to another')?.survivors).toContain('entities.iron-bridge.type: facility → government')
  })
})

describe('the explanations of the real article', () => {
  it('have the form that the program reads, and each says why', () => {
    const notes = explanationsIn(fileURLToPath(new URL('survivors.yaml', import.meta.url)))
    expect(new Set(notes.map(({ why }) => why)).size).toBe(notes.length)
  })
})
