/** From JavaScript's offsets (UTF-16 code units) to those of Web Annotation (Unicode code points). */

/**
 * A function from UTF-16 offsets of a text to code-point offsets. Web Annotation Data Model, section 4.2.5: text
 * position selectors count code points. A text without astral characters needs no table.
 */
export function codePointOffsets(text: string): (offset: number) => number {
  const astral: number[] = []
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0xd800 && code <= 0xdbff && i + 1 < text.length) {
      const low = text.charCodeAt(i + 1)
      if (low >= 0xdc00 && low <= 0xdfff) astral.push(i++)
    }
  }
  if (astral.length === 0) return (offset) => offset
  return (offset) => {
    let low = 0
    let high = astral.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((astral[middle] ?? 0) < offset) low = middle + 1
      else high = middle
    }
    return offset - low
  }
}

/** The last `count` code points before an offset, or the first ones after it; never half a surrogate pair. */
export const prefixOf = (text: string, offset: number, count: number): string =>
  [...text.slice(Math.max(0, offset - 2 * count), offset)]
    .slice(-count)
    .join('')
    .replace(/^[\udc00-\udfff]/, '')
export const suffixOf = (text: string, offset: number, count: number): string =>
  [...text.slice(offset, offset + 2 * count)]
    .slice(0, count)
    .join('')
    .replace(/[\ud800-\udbff]$/, '')
