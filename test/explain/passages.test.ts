/** Passages: offsets in code points, and marks that are the article's own characters, whatever the text is made of. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passagesOf, type Sentences, sentencesIn } from '../../pipeline/2-ground/passages.ts'
import { sentencesOf } from '../../pipeline/2-ground/sentences.ts'
import { markedText } from '../../pipeline/report/passages.ts'

const prepare = (text: string): Sentences =>
  sentencesIn({ text, paragraphs: sentencesOf(text), file: { text: 'article.txt', annotations: '' } })
const spanOf = (text: string, words: string) => {
  const start = [...text.slice(0, text.indexOf(words))].length
  return { start, end: start + [...words].length }
}

const TEXT = '\uFEFFA title 💡\r\n\r\nThe 𝒂 mayor resigned. Nobody 💡 knew why.\r\n\r\nShe «went» home.'

describe('passages', () => {
  test('a sentence with its place, behind a byte order mark, CR LF and astral characters', () => {
    expect(passagesOf(prepare(TEXT), [spanOf(TEXT, 'knew why')])).toEqual([
      {
        place: { file: 'article.txt', line: 3, column: 32 },
        sentence: 3,
        start: 36,
        end: 54,
        text: 'Nobody 💡 knew why.',
        marks: [{ start: 45, end: 53, words: 'knew why' }],
      },
    ])
  })
  test('a span over two sentences is marked in both, and its halves are the whole', () => {
    const found = passagesOf(prepare(TEXT), [spanOf(TEXT, 'resigned. Nobody')])
    expect(found.map(({ marks }) => marks.map(({ words }) => words))).toEqual([['resigned.'], ['Nobody']])
  })
  test('two spans of one sentence are one passage, overlapping ones one mark', () => {
    const spans = ['Nobody', 'body 💡', 'why'].map((words) => spanOf(TEXT, words))
    const [only, ...more] = passagesOf(prepare(TEXT), spans)
    expect(more).toEqual([])
    expect(only?.marks.map(({ words }) => words)).toEqual(['Nobody 💡', 'why'])
  })
  test('words that stand in no sentence are a passage of their own', () => {
    expect(passagesOf({ ...prepare('One. Two.'), spans: [] }, [{ start: 5, end: 8 }])).toMatchObject([
      { text: 'Two', start: 5, end: 8, marks: [{ words: 'Two' }] },
    ])
  })
  test('marks are «…», **…** in a sentence that has such marks, and escapes only with colour', () => {
    const shown = (words: string, colour = false): string =>
      passagesOf(prepare(TEXT), [spanOf(TEXT, words)])
        .map((passage) => markedText(passage, { colour }))
        .join()
    expect(shown('mayor')).toBe('The 𝒂 «mayor» resigned.')
    expect(shown('home')).toBe('She «went» **home**.')
    expect(shown('mayor', true)).toContain('\u001b[')
  })
  test('for any text: sentences and marks are its own characters', () => {
    const piece = fc.constantFrom('A', 'word', '💡', ' ', '. ', '! ', '\n', '\r\n\r\n', '“', '”', 'é', '\u00a0', '𝒂b')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(60), fc.nat(20), (pieces, start, length) => {
        const characters = [...pieces.join('')]
        const span = { start: Math.min(start, characters.length), end: Math.min(start + length, characters.length) }
        let marked = ''
        for (const { text, start, end, marks, place } of passagesOf(prepare(characters.join('')), [span])) {
          expect(text).toBe(characters.slice(start, end).join(''))
          for (const mark of marks) {
            expect(mark.words).toBe(characters.slice(mark.start, mark.end).join(''))
            expect(mark.start >= start && mark.end <= end && mark.start < mark.end).toBe(true)
            marked += mark.words
          }
          const at = marks[0]?.start ?? 0
          // No quote begins between CR and LF.
          if (characters[at - 1] === '\r' && characters[at] === '\n') continue
          const before = characters
            .slice(0, marks[0]?.start)
            .join('')
            .split(/\r\n|\n|\r/)
          expect([place.line, place.column]).toEqual([before.length, [...(before.at(-1) ?? '')].length + 1])
        }
        const bare = (text: string): string => text.replace(/\s+/gu, '')
        expect(bare(marked)).toBe(bare(characters.slice(span.start, span.end).join('')))
      }),
    )
  })
})
