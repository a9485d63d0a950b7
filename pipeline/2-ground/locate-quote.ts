/** From a selector to the one span that it means, or to the problem that says why there is none. */
import { distance } from 'fastest-levenshtein'
import type { Selector, Span } from '../model/article.ts'
import { withoutEnd } from '../model/ends.ts'
import { type Folded, foldedOffset, foldWords, placesOf, spanOf } from './match.ts'

/** Why a quote could not be anchored. `places` are offsets in the original text. */
export type QuoteFault =
  | { kind: 'absent'; nearest?: { text: string; at: number } }
  /** The words stand there, but not with `before` and `after`. */
  | { kind: 'elsewhere'; places: number[] }
  | { kind: 'several'; places: number[] }
  | { kind: 'nth'; count: number; nth: number }
  | { kind: 'no-end'; words: string }

const isParagraphBreak = (text: string, from: number, to: number): boolean =>
  /\r\n\p{White_Space}*?\r\n|[\n\r]\p{White_Space}*?[\n\r]/u.test(text.slice(from, to).replaceAll('\r\n', '\n'))

/** The folded offsets at which paragraphs end, in order; a blank line ends a paragraph. */
function paragraphEnds(folded: Folded, original: string): number[] {
  const ends: number[] = []
  for (let i = folded.text.indexOf(' '); i >= 0; i = folded.text.indexOf(' ', i + 1))
    if (isParagraphBreak(original, folded.offsets[i] ?? 0, folded.offsets[i + 1] ?? original.length)) ends.push(i)
  return ends
}

/** The first of some numbers in order that is not less than another. */
function firstFrom(numbers: readonly number[], least: number): number | undefined {
  let [less, more] = [-1, numbers.length]
  while (more - less > 1) {
    const middle = (less + more) >> 1
    if ((numbers[middle] ?? 0) < least) less = middle
    else more = middle
  }
  return numbers[more]
}

/** Characters of a text that may be gone through for hints. A few hundred in an article of usual length. */
const HINTS = 10_000_000
const spent = new WeakMap<Folded, number>()

/** The stretch of the text most like the words that were sought, for a hint; nothing is anchored by it. */
function nearestText(folded: Folded, original: string, words: string): { text: string; at: number } | undefined {
  const before = spent.get(folded) ?? 0
  if (words.length > 400 || before > HINTS) return undefined
  spent.set(folded, before + folded.text.length)
  const starts = [...folded.text.matchAll(/[^ ]+/g)].map((m) => m.index)
  const wanted = new Set(words.toLowerCase().split(' '))
  const tokens = starts.map((start, i) => folded.text.slice(start, (starts[i + 1] ?? folded.text.length + 1) - 1))
  const size = Math.max(1, words.split(' ').length)
  const hits = tokens.map((token) => (wanted.has(token.toLowerCase()) ? 1 : 0) as number)
  let sum = 0
  const windows = hits.map((_, i) => {
    sum += (hits[i] ?? 0) - (i >= size ? (hits[i - size] ?? 0) : 0)
    return { from: Math.max(0, i - size + 1), hits: sum }
  })
  const best = windows.sort((a, b) => b.hits - a.hits || a.from - b.from).slice(0, 12)
  const [lead, tail] = [/^[\p{L}\p{N}]/u.test(words), /[\p{L}\p{N}]$/u.test(words)]
  let found: { text: string; at: number; d: number } | undefined
  for (const { from } of best)
    for (const length of [size, size - 1, size + 1]) {
      let begin = starts[from]
      const last = Math.min(tokens.length, from + length) - 1
      const lastStart = starts[last]
      if (length < 1 || begin === undefined || lastStart === undefined) continue
      let end = lastStart + (tokens[last]?.length ?? 0)
      const marks = folded.text.slice(begin, end)
      if (lead) begin += /^[^\p{L}\p{N}]*/u.exec(marks)?.[0].length ?? 0
      if (tail) end -= marks.length - withoutEnd(marks, /[^\p{L}\p{N}]/u).length
      const candidate = folded.text.slice(begin, end)
      const d = distance(candidate, words)
      const span = spanOf(folded, begin, end - begin)
      if (!found || d < found.d) found = { text: original.slice(span.start, span.end), at: span.start, d }
    }
  return found && found.d <= words.length * 0.5 ? found : undefined
}

/**
 * The span of a selector. Its places are narrowed by `before` and `after` (white space apart); if `within` is given
 * and some lie inside those spans, only these count; `nth` (from 1) picks among what remains. Exactly one must be left.
 */
export function locateQuote(
  folded: Folded,
  original: string,
  selector: Selector,
  within: readonly Span[] = [],
): Span | QuoteFault {
  const words = foldWords(selector.exact)
  const before = selector.before === undefined ? undefined : foldWords(selector.before)
  const after = selector.after === undefined ? undefined : foldWords(selector.after)
  const to = selector.to === undefined ? undefined : foldWords(selector.to)
  const all = placesOf(folded, words)
  // Each is looked for once, not once for every place.
  const tos = to === undefined ? [] : placesOf(folded, to)
  const paragraphs = to === undefined ? [] : paragraphEnds(folded, original)
  const befores = new Set(before === undefined ? [] : placesOf(folded, before).map((at) => at + before.length))
  const afters = new Set(after === undefined ? [] : placesOf(folded, after))
  /** Where the span that begins at a place ends: after its own words, or after the first `to` of its paragraph. */
  const endOf = (at: number): number | undefined => {
    if (to === undefined) return at + words.length
    const last = firstFrom(tos, at + words.length)
    return last === undefined || last + to.length > (firstFrom(paragraphs, at) ?? folded.text.length)
      ? undefined
      : last + to.length
  }
  const isSpace = (at: number): boolean => folded.text[at] === ' '
  const stands = (at: number): boolean => {
    if (before !== undefined && before !== '' && !befores.has(at) && !(isSpace(at - 1) && befores.has(at - 1)))
      return false
    if (after === undefined || after === '') return true
    const end = endOf(at)
    return end !== undefined && (afters.has(end) || (isSpace(end) && afters.has(end + 1)))
  }
  const fits = all.filter(stands)
  const inside = fits.filter((at) => {
    const span = spanOf(folded, at, words.length)
    return within.some((outer) => outer.start <= span.start && span.end <= outer.end)
  })
  const candidates = inside.length > 0 ? inside : fits
  if (candidates.length === 0) {
    if (all.length > 0) return { kind: 'elsewhere', places: all.map((at) => folded.offsets[at] ?? 0) }
    const nearest = nearestText(folded, original, words)
    return { kind: 'absent', ...(nearest === undefined ? {} : { nearest }) }
  }
  if (selector.nth !== undefined && selector.nth > candidates.length)
    return { kind: 'nth', count: candidates.length, nth: selector.nth }
  if (selector.nth === undefined && candidates.length > 1)
    return { kind: 'several', places: candidates.map((at) => folded.offsets[at] ?? 0) }
  const at = candidates[(selector.nth ?? 1) - 1] ?? 0
  const end = endOf(at)
  if (end === undefined) return { kind: 'no-end', words: selector.to ?? '' }
  return spanOf(folded, at, end - at)
}

/** The words around an offset, for a message: about `width` characters on each side, on one line. */
export function around(folded: Folded, offset: number, width = 28): string {
  const at = foldedOffset(folded, offset)
  const from = folded.text.lastIndexOf(' ', Math.max(0, at - width)) + 1
  const end = folded.text.indexOf(' ', at + width)
  return folded.text.slice(from, end < 0 ? undefined : end)
}
