/** How a quote has to be written so that it finds one span of a text: as little as possible is written otherwise. */
import { locateQuote } from '../2-ground/locate-quote.ts'
import type { Folded } from '../2-ground/match.ts'
import type { Selector, Span } from '../model/article.ts'

const MOST_WORDS = 12

/** The last words before an offset, or the first ones after it; on one line, never across a blank line. */
function wordsBeside(text: string, at: number, side: 'before' | 'after', count: number): string | undefined {
  const beside = side === 'before' ? text.slice(Math.max(0, at - 400), at) : text.slice(at, at + 400)
  const paragraph =
    side === 'before' ? beside.split(/\n\s*\n|\r\n\s*\r\n/).at(-1) : beside.split(/\n\s*\n|\r\n\s*\r\n/)[0]
  const words = (paragraph ?? '').split(/\p{White_Space}+/u).filter((word) => word !== '')
  if (words.length === 0) return undefined
  return (side === 'before' ? words.slice(-count) : words.slice(0, count)).join(' ')
}

const count = (words: string): number => words.trim().split(/\p{White_Space}+/u).length

/** The selector with as few changes as make it find exactly `span`; undefined if none does. */
export function repaired(
  selector: Selector,
  span: Span,
  within: readonly Span[],
  folded: Folded,
  text: string,
): Selector | undefined {
  const finds = (candidate: Selector): boolean => {
    const found = locateQuote(folded, text, candidate, within)
    return 'start' in found && found.start === span.start && found.end === span.end
  }
  const beside = (side: 'before' | 'after', words: number): Partial<Selector> => {
    const found = wordsBeside(text, side === 'before' ? span.start : span.end, side, words)
    return found === undefined ? {} : { [side]: found }
  }
  /** With the number of its place among those that are left. */
  const numbered = (candidate: Selector): Selector | undefined => {
    for (let nth = 1; nth <= 1000; nth++) {
      const found = locateQuote(folded, text, { ...candidate, nth }, within)
      if (!('start' in found)) return undefined
      if (found.start === span.start && found.end === span.end) return { ...candidate, nth }
    }
    return undefined
  }
  const { nth: _, ...unnumbered } = selector
  const sizes = Array.from({ length: MOST_WORDS }, (_, i) => i + 1)
  const given = (side: 'before' | 'after'): number => (selector[side] === undefined ? 0 : count(selector[side]))
  const sides = (['before', 'after'] as const).filter((side) => selector[side] !== undefined)
  const rewritten = (size: (side: 'before' | 'after') => number): Selector =>
    Object.assign({ ...selector }, ...sides.map((side) => beside(side, size(side))))
  const candidates = function* (): Generator<Selector | undefined> {
    yield selector
    if (selector.nth !== undefined) yield numbered(selector)
    for (const side of sides) yield { ...selector, ...beside(side, given(side)) }
    if (sides.length > 0) yield rewritten(given)
    for (const size of sides.length > 0 ? sizes : []) yield rewritten((side) => Math.max(size, given(side)))
    if (sides.length === 0) {
      for (const size of sizes) yield { ...unnumbered, ...beside('before', size) }
      for (const size of sizes) yield { ...unnumbered, ...beside('after', size) }
    }
    yield numbered(rewritten(given))
  }
  for (const candidate of candidates()) if (candidate && finds(candidate)) return candidate
  return undefined
}
