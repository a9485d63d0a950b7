/** The table `bounds.csv`: from every form of EDTF that annotators may write to the days on which a time begins and ends. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readOntology } from '../../pipeline/1-read/ontology.ts'
import { boundsOf, isDay } from '../../pipeline/1-read/time.ts'
import { runs } from '../fuzz/runs.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const ontology = (await readOntology([ROOT])).value
if (!ontology) throw new Error('the ontology does not read')
const table = ontology.time

interface Row {
  edtf: string
  hemisphere: string
  earliest: string
  latest: string
  expected: string
  why: string
  bug: string
}
const text = readFileSync(new URL('./bounds.csv', import.meta.url), 'utf8')
const rows = parse(text, { columns: true, comment: '#', comment_no_infix: true }) as Row[]

function answer({ edtf, hemisphere, earliest, latest }: Row): string {
  const bounds = boundsOf(
    {
      ...(edtf === '' ? {} : { edtf }),
      ...(earliest === '' ? {} : { earliest }),
      ...(latest === '' ? {} : { latest }),
      hemisphere: hemisphere === 'south' ? 'south' : 'north',
    },
    table,
  )
  if ('code' in bounds) return bounds.code
  return [bounds.earliestBegin, bounds.latestBegin, bounds.earliestEnd, bounds.latestEnd]
    .map((bound) => bound ?? '-')
    .join('|')
}
const name = (row: Row): string =>
  `“${row.edtf}” ${[row.hemisphere, row.earliest, row.latest].filter(Boolean).join(' ')} (${row.why})`

describe('bounds of a time', () => {
  test('the table is there', () => expect(rows.length).toBeGreaterThan(100))
  // A known bug is expected to fail, so that mending it turns the row red until its note is removed.
  for (const row of rows) (row.bug === '' ? test : test.fails)(name(row), () => expect(answer(row)).toBe(row.expected))
})

describe('bounds of any text', () => {
  const part = fc.constantFrom(
    '2021',
    '0000',
    '-0044',
    '201X',
    'XX',
    '-',
    '/',
    '..',
    '02',
    '29',
    '24',
    'T10:00:00Z',
    '~',
    '?',
    '%',
    'Y',
  )
  const like = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''))
  const day = fc.constantFrom(undefined, '2021-02-28', '2021-02-29', '0001-01-01', '9999-12-31', '')

  test('it answers, never throws, every bound is a day of the calendar, and none before the one it follows', () => {
    fc.assert(
      fc.property(
        fc.oneof(like, fc.string({ unit: 'binary', maxLength: 12 })),
        day,
        day,
        fc.constantFrom('north' as const, 'south' as const),
        (edtf, earliest, latest, hemisphere) => {
          const bounds = boundsOf(
            {
              edtf,
              ...(earliest === undefined ? {} : { earliest }),
              ...(latest === undefined ? {} : { latest }),
              hemisphere,
            },
            table,
          )
          if ('code' in bounds) expect(bounds.hint).not.toBe('')
          else {
            for (const bound of Object.values(bounds)) expect(isDay(bound), `${edtf}: ${bound}`).toBe(true)
            const { earliestBegin, latestBegin, earliestEnd, latestEnd } = bounds
            for (const [before, after] of [
              [earliestBegin, latestBegin],
              [earliestEnd, latestEnd],
              [earliestBegin, earliestEnd],
              [latestBegin, latestEnd],
            ])
              if (/^\d{4}-/.test(before ?? '') && /^\d{4}-/.test(after ?? ''))
                expect((before ?? '') <= (after ?? ''), `${edtf}: ${before} and ${after}`).toBe(true)
          }
        },
      ),
      { numRuns: runs(500) },
    )
  })
})
