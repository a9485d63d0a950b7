/** The links of the article: what the notes in docs/links.md promise of every one of them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDesk } from '../../pipeline/1-read/read.ts'
import { skos } from '../../pipeline/model/vocabulary.ts'
import { ROOT } from '../sample-desk.ts'

const { value: opened } = await openDesk(ROOT)
const links = [...(opened?.register.entities.values() ?? [])].flatMap(({ key, alignments }) =>
  alignments.map((alignment) => ({ key, ...alignment })),
)

test('every entity of the register is judged, and every judgement has its day', () => {
  expect([...(opened?.register.entities.values() ?? [])].filter(({ judged }) => !judged)).toEqual([])
  expect(links.filter(({ seen }) => seen === undefined)).toEqual([])
})

test('no link is exact on one source alone', () => {
  const exact = links.filter(({ degree }) => degree === skos.exactMatch.value)
  expect(exact.length).toBeGreaterThan(20)
  expect(exact.filter(({ evidence }) => new Set(evidence).size < 2).map(({ key }) => key)).toEqual([])
})

test('a link that is not exact and rests on one source says so, or why the degree would not be another with more', () => {
  const single = links.filter(
    ({ id, degree, evidence }) => id && degree !== skos.exactMatch.value && evidence.length < 2,
  )
  const silent = single.filter(({ reason }) => !/One public source|The sources show|One source/.test(reason ?? ''))
  expect(silent.map(({ key }) => key)).toEqual([])
})

test('every absence gives one of the three reasons', () => {
  const absent = links.filter(({ id }) => id === undefined)
  const reasons =
    /^(No item expected|No item seen and none expected|None fits|An item probably exists|Whether one exists)/
  expect(absent.filter(({ reason }) => !reasons.test(reason ?? '')).map(({ key }) => key)).toEqual([])
})

test('the lock holds what was seen of every linked item, and the page counts right', () => {
  const items = opened?.lock.items ?? new Map()
  expect(links.filter(({ id }) => id !== undefined && !items.has(id))).toEqual([])
  const linked = new Set(links.flatMap(({ id }) => id ?? []))
  expect([...items.keys()].filter((id) => !linked.has(id))).toEqual([])
  const page = readFileSync(join(ROOT, 'docs/links.md'), 'utf8')
  const classed = [...items].filter(([, { classes }]) => classes).map(([id]) => id)
  expect(page).toContain(
    `Of ${items.size} items, the classes of four were seen: ${classed.slice(0, -1).join(', ')} and ${classed.at(-1)}.`,
  )
  expect(classed).toHaveLength(4)
})
