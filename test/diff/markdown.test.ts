/** The comment on a pull request: whatever stands in sources, it stays inside its code, and the whole fits. */
import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { annotationsBetween } from '../../pipeline/diff/annotations.ts'
import type { Difference } from '../../pipeline/diff/model.ts'
import { codeBlock, diffMarkdown, inlineCode } from '../../pipeline/report/diff-markdown.ts'
import { runs } from '../fuzz/runs.ts'

const HOSTILE = [
  '```',
  '`````',
  '~~~',
  '</code></details><script>alert(1)</script>',
  '<details><summary>x</summary>',
  '| a | b |\n|---|---|',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  'https://evil.example/ www.evil.example me@evil.example',
  '@everyone #1 GH-1',
  '<!-- ',
  '&#60;b&#62; &lt;i&gt; &amp;',
  '\\`\\` \\<b>',
  '**bold** __x__ ~~y~~ :tada: $x$',
  '\r\n\r\n# heading\r\n- item\r\n\r\n> quote',
  '\u202etxt\u2066 \u001b[31m \u0000 \u2028',
]
const words = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...HOSTILE, ' ', 'plain', '\n'), { maxLength: 6 }).map((parts) => parts.join('')),
)

const difference = (over: Partial<Difference>): Difference => ({
  old: { name: 'main', kind: 'revision', commit: 'a'.repeat(40) },
  new: { name: 'working tree', kind: 'folder' },
  problems: { old: [], new: [] },
  notCompared: [],
  files: [],
  texts: [],
  annotations: [],
  triples: { added: 0, removed: 0, carried: 0, subjects: [], prefixes: new Map() },
  answers: [],
  asking: [],
  ...over,
})
const withTexts = (given: string[]): Difference => {
  const [a = '', b = '', c = '', d = '', e = ''] = given
  return difference({
    old: { name: a, kind: 'revision' },
    problems: {
      old: [{ code: 'quote-not-found', severity: 'error', message: b, hint: c, place: { file: d, line: 1 } }],
      new: [],
    },
    files: [{ file: a, change: 'added' }],
    texts: [{ article: a, file: b, sentences: [{ old: { line: 1, text: c }, new: { line: 2, text: d } }] }],
    annotations: [
      {
        change: 'renamed',
        kind: 'claim',
        key: a,
        was: b,
        fields: [{ field: c, old: d, new: e, newPlace: { file: a, line: 3 } }],
      },
      { change: 'added', kind: 'mention', key: c, fields: [{ field: '', new: a }] },
    ],
    answers: [{ name: a, question: b, article: c, columns: [d, e], added: [{ [d]: a }], removed: [], changed: [] }],
  })
}
const html = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })

describe('whatever stands in sources', () => {
  test('inline code holds letters, numbers, spaces and character references', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(inlineCode(text)).toMatch(/^<code>(?:[\p{L}\p{M}\p{N} ]|&#\d+;)+<\/code>$/u)
      }),
      { numRuns: runs(2000) },
    )
  })
  test('no line closes the fence that it stands in', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), (texts) => {
        const lines = texts.map((text) => text.replace(/[\r\n]+/g, ' '))
        const rendered = html(codeBlock(lines))
        expect(rendered.match(/<pre>/g)).toHaveLength(1)
        expect(rendered.trimEnd().endsWith('</code></pre>')).toBe(true)
      }),
      { numRuns: runs(500) },
    )
  })
  test('the comment, read by another parser of GitHub’s Markdown, has our elements and no others', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 5, maxLength: 5 }), (texts) => {
        const rendered = html(diffMarkdown(withTexts(texts)))
        // What stands in code is text; the rest must be what this module writes.
        const outside = rendered.replace(/<code[^>]*>[^<]*<\/code>/g, '')
        const tags = new Set([...outside.matchAll(/<\/?([a-z][a-z0-9]*)[^>]*>/gi)].map(([tag]) => tag))
        for (const tag of tags)
          expect([
            '<h3>',
            '</h3>',
            '<p>',
            '</p>',
            '<strong>',
            '</strong>',
            '<ul>',
            '</ul>',
            '<li>',
            '</li>',
            '<details>',
            '</details>',
            '<summary>',
            '</summary>',
            '<pre>',
            '</pre>',
          ]).toContain(tag)
        expect(outside.match(/<details>/g)?.length).toBe(outside.match(/<\/details>/g)?.length)
        expect(rendered.match(/<pre>/g)?.length).toBe(5)
      }),
      { numRuns: runs(500) },
    )
  })
})

describe('length', () => {
  const many = (count: number, size: number): Difference =>
    difference({
      annotations: Array.from({ length: count }, (_, i) => ({
        change: 'changed' as const,
        kind: 'claim',
        key: `claim-${i}`,
        fields: [{ field: 'says', old: '`'.repeat(size), new: '<'.repeat(size) }],
      })),
      answers: [{ name: '01', question: 'Who?', columns: ['x'], added: [{ x: 'y' }], removed: [], changed: [] }],
    })
  test.each([
    [1, 10],
    [1, 100_000],
    [5_000, 10],
    [5_000, 20_000],
  ])('%i annotations of %i characters fit, and small sections are whole', (count, size) => {
    const comment = diffMarkdown(many(count, size))
    expect(comment.length).toBeLessThanOrEqual(65_536)
    expect(comment).toContain('+ x: y')
    if (count > 1) expect(comment).toMatch(/\d+ of 5000 left out or cut short here, for lack of room/)
    else expect(comment).not.toContain('left out')
  })
})

test('of two long texts, what differs is in sight', () => {
  const long = (word: string): string =>
    `${'The quay is old. '.repeat(400)}It was built for ${word} ferries. ${'The end. '.repeat(400)}`
  const comment = diffMarkdown(
    difference({
      texts: [
        {
          article: 'a',
          file: 'a.txt',
          sentences: [{ old: { line: 1, text: long('few') }, new: { line: 1, text: long('many') } }],
        },
      ],
      annotations: [
        {
          change: 'changed',
          kind: 'claim',
          key: 'k',
          fields: [{ field: 'says', old: long('few'), new: long('many') }],
        },
      ],
    }),
  )
  for (const word of ['few', 'many']) {
    expect(comment.split(`built for ${word} ferries`).length - 1).toBe(4)
    expect(comment.length).toBeLessThan(5000)
  }
})

test('a list is compared by what its items name, and an entry that only has another key is renamed', () => {
  const view = (value: unknown) => ({
    role: 'article/a',
    file: 'a.yaml',
    value,
    locate: ({ file }: { file: string }) => ({ file, line: 1 }),
  })
  const changes = annotationsBetween(
    view({
      claims: { one: { quote: 'x', says: 'y' }, two: { quote: 'z' } },
      mentions: [
        { entity: 'e', quote: 'q' },
        { entity: 'f', quote: 'r' },
      ],
    }),
    view({
      claims: { uno: { says: 'y', quote: 'x' }, two: { quote: 'z', main: true } },
      mentions: [{ entity: 'f', quote: 'r', nth: '2' }],
    }),
  )
  expect(
    changes.map(({ change, kind, key, was, fields }) => [
      change,
      kind,
      key,
      was,
      fields.map((f) => [f.field, f.old, f.new]),
    ]),
  ).toEqual([
    ['renamed', 'claim', 'uno', 'one', []],
    ['changed', 'claim', 'two', undefined, [['main', undefined, 'true']]],
    ['changed', 'mention', 'f r', undefined, [['nth', undefined, '2']]],
    [
      'removed',
      'mention',
      'e q',
      undefined,
      [
        ['entity', 'e', undefined],
        ['quote', 'q', undefined],
      ],
    ],
  ])
})
