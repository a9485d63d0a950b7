/** The fast ways of parsing give what the slow one gives, or step aside; never anything else. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseFastYaml } from '../../pipeline/1-read/fast-yaml.ts'
import { parseJson } from '../../pipeline/1-read/json.ts'
import { parseYaml } from '../../pipeline/1-read/yaml.ts'
import { runs } from '../fuzz/runs.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const source = (text: string, file = 'a.yaml') => ({ file, text, sha256: '' })
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name))
    .sort()
}
const texts = (ending: RegExp) =>
  ['source', 'ontology', 'test', 'docs'].flatMap((folder) =>
    filesBelow(folder, ending).map((file) => [file, readFileSync(join(ROOT, file), 'utf8')] as const),
  )

/** What a fast parser gave, held against the slow one. True if it did not step aside. */
function agrees(fast: unknown, text: string, file?: string): boolean {
  if (fast === undefined) return false
  const slow = parseYaml(source(text, file))
  expect(slow.problems).toEqual([])
  expect(plain(fast)).toEqual(plain(slow.value?.value))
  return true
}

describe('files of this repository', () => {
  test('YAML, sound and broken', () => {
    const taken = texts(/\.yaml$/).filter(([, text]) => agrees(parseFastYaml(source(text)), text))
    expect(taken.length).toBeGreaterThan(60)
    expect(taken.map(([file]) => file)).toContain('source/articles/taliban-leverage/annotations.yaml')
    expect(taken.map(([file]) => file)).toContain('source/entities.yaml')
  })
  test('JSON, sound and broken', () => {
    const taken = texts(/\.json$/).filter(([file, text]) => agrees(parseJson(source(text, file)), text, file))
    expect(taken.map(([file]) => file)).toContain('source/wikidata.lock.json')
  })
})

describe('odd texts', () => {
  const rows: [text: string, taken: boolean][] = [
    ['a: true', true],
    ['a: "true"', true],
    ['a: 0800', true],
    ["a: 'it''s'", true],
    ['a: >\n  x\n\n  y\n', true],
    ['a: b # said so', true],
    ['quote: b # said so', false],
    ['quote: [b # said so\n]', false],
    ['a: {quote: schools, universities}', false],
    ['a:', false],
    ['a: ~', false],
    ['a: 1\na: 2', false],
    ['a: &x 1', false],
    ['a: !!str 1', false],
    ['<<: {a: 1}', false],
    ['a: 1\n---\nb: 2', false],
    ['%YAML 1.1\n---\na: 1', false],
    ['\ufeffa: 1', false],
    ['- a', false],
    ['? [a]\n: b', false],
    ['a: [', false],
    ['', false],
  ]
  for (const [text, taken] of rows)
    test(JSON.stringify(text), () => expect(agrees(parseFastYaml(source(text)), text)).toBe(taken))
})

describe('any text', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'a',
      'quote',
      'says',
      'true',
      'null',
      '~',
      '1e3',
      '0x1f',
      '#',
      '"',
      "'",
      ': ',
      '- ',
      '\n',
      '\n  ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      '|',
      '>',
      '&x',
      '*x',
      '!t',
      '\t',
      '\r\n',
      '%',
      '---',
      '…',
      '\u0085',
      '\u2028',
      '\ud83d\ude00',
      '<<',
    ),
    fc.string({ maxLength: 3 }),
  )
  test('agrees or steps aside', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => {
        const text = words.join('')
        agrees(parseFastYaml(source(text)), text)
      }),
      { numRuns: runs(3000) },
    )
  })
  test('maps of texts, in any style that a person writes', () => {
    const key = fc.constantFrom('quote', 'says', 'note', 'by', 'x-1')
    const value = fc.tuple(fc.constantFrom('', '"', "'", '|', '>'), fc.string({ unit: 'grapheme', maxLength: 30 }))
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { maxLength: 5 }), (pairs) => {
        const text = pairs
          .map(
            ([k, [style, v]], i) =>
              `${k}${i}: ${style === '|' || style === '>' ? `${style}\n  ${v}` : `${style}${v}${style}`}\n`,
          )
          .join('')
        agrees(parseFastYaml(source(text)), text)
      }),
      { numRuns: runs(2000) },
    )
  })
})
