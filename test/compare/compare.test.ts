/** Pairing and agreement, on annotations so small that every figure was worked out by hand. */
import { describe, expect, test } from 'vitest'
import { compare, kappa } from '../../pipeline/compare/compare.ts'
import type { Anchor, ClaimNote, Grounded } from '../../pipeline/model/article.ts'

const NG = 'https://w3id.org/newsgraph/ontology#'
type Given = [key: string, start: number, end: number, by?: string, certainty?: string]

const article = (...claims: Given[]): Grounded =>
  ({
    text: 'x'.repeat(200),
    author: [{ kind: 'entity', key: 'writer' }],
    locate: () => ({ file: 'f' }),
    claims: claims.map(
      ([key, start, end, by = 'writer', certainty = 'Certain']): Partial<ClaimNote<Anchor>> => ({
        key,
        anchor: { origin: { file: 'f', path: ['claims', key] }, spans: [{ start, end }] },
        by: [{ kind: 'entity', key: by }],
        type: `${NG}Factual`,
        polarity: `${NG}Affirmed`,
        certainty: NG + certainty,
        attitude: `${NG}Asserts`,
        presentation: `${NG}Narrated`,
      }),
    ),
  }) as unknown as Grounded

const pairsOf = (a: Grounded, b: Grounded): string[] =>
  compare(a, b).pairs.map((pair) => `${pair.a.key}=${pair.b.key} ${pair.overlap.toFixed(2)}`)

describe('pairs', () => {
  test('the best overlap goes first, each claim once', () => {
    expect(pairsOf(article(['p', 0, 10], ['q', 5, 15]), article(['r', 5, 14]))).toEqual(['q=r 0.90'])
  })
  test('of equal overlaps, the same speaker goes first', () => {
    expect(pairsOf(article(['p', 0, 10], ['q', 0, 10, 'office']), article(['r', 0, 10, 'office']))).toEqual([
      'q=r 1.00',
    ])
  })
  test('less than three tenths is no pair', () => {
    expect(pairsOf(article(['p', 0, 10]), article(['r', 6, 20]))).toEqual([])
    const { onlyA, onlyB } = compare(article(['p', 0, 10]), article(['r', 6, 20]))
    expect([onlyA, onlyB].map((items) => items.map((item) => item.key))).toEqual([['p'], ['r']])
  })
  test('the author has one name, whoever is named', () => {
    expect(compare(article(['p', 0, 9]), article(['r', 0, 9])).pairs[0]?.a.values.by).toBe('author')
  })
})

describe('agreement', () => {
  test('kappa of a table that is worked out in textbooks: 20, 5, 10, 15 give 0.4', () => {
    const times = (n: number, a: string, b: string): [string, string][] => Array.from({ length: n }, () => [a, b])
    const pairs = [...times(20, 'y', 'y'), ...times(5, 'y', 'n'), ...times(10, 'n', 'y'), ...times(15, 'n', 'n')]
    expect(kappa(pairs)).toBeCloseTo(0.4, 10)
  })
  test('no kappa where both used one value, or nothing was paired', () => {
    expect(kappa([['y', 'y']])).toBeUndefined()
    expect(kappa([])).toBeUndefined()
  })
  test('shares are of pairs', () => {
    const a = article(['p', 0, 10], ['q', 20, 30, 'writer', 'Probable'])
    const b = article(['r', 0, 10], ['s', 20, 30])
    expect(compare(a, b).agreement.find(({ field }) => field === 'certainty')).toMatchObject({ pairs: 2, same: 1 })
  })
})
