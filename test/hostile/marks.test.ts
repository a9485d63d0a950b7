/** Texts made of quotation marks: work that grows with the square of its input would run into the limit of the test. */
import { expect, test } from 'vitest'
import { quotedStretches } from '../../pipeline/2-ground/quotation.ts'

for (const unit of ['\u2018', '\u201c', '"', '\u201d a', "'a ", '" a'])
  test(`half a million characters of ${JSON.stringify(unit)}`, () => {
    const text = unit.repeat(Math.floor(500_000 / unit.length))
    expect(quotedStretches(text).length).toBeLessThanOrEqual(text.length)
  })
