/** What is kept of a statement of Wikidata, and how. */
import { describe, expect, test } from 'vitest'
import { edtfOf, seenValue } from '../../pipeline/3-link/online/entities.ts'

describe('what is kept of a statement', () => {
  const GREGORIAN = 'http://www.wikidata.org/entity/Q1985727'
  const at = (time: string, precision: number, more: object = {}) => ({
    time,
    precision,
    before: 0,
    after: 0,
    timezone: 0,
    calendarmodel: GREGORIAN,
    ...more,
  })
  test.each([
    ['a day', at('+2001-10-07T00:00:00Z', 11), '2001-10-07'],
    ['a month', at('+2001-10-00T00:00:00Z', 10), '2001-10'],
    ['a year that is written as 1 January', at('+2001-01-01T00:00:00Z', 9), '2001'],
    ['a year', at('+2001-00-00T00:00:00Z', 9), '2001'],
    ['a decade', at('+1990-00-00T00:00:00Z', 8), '199X'],
    ['a century', at('+1900-00-00T00:00:00Z', 7), undefined],
    ['a year before ours', at('-0044-03-15T00:00:00Z', 11), undefined],
    ['a hundred thousand years', at('+100000-00-00T00:00:00Z', 9), undefined],
    [
      'a day of Julius’ calendar',
      at('+1582-10-04T00:00:00Z', 11, { calendarmodel: 'http://www.wikidata.org/entity/Q1985786' }),
      undefined,
    ],
    ['a span around a day', at('+2001-10-07T00:00:00Z', 11, { after: 3 }), undefined],
    ['an hour', at('+2001-10-07T12:00:00Z', 12), undefined],
    ['something else', 'yesterday', undefined],
  ])('a time: %s', (_name, value, edtf) => {
    expect(edtfOf(value)).toBe(edtf)
  })

  test.each([
    ['an item', { type: 'wikibase-entityid', value: { id: 'Q42' } }, { item: 'Q42' }],
    ['a property', { type: 'wikibase-entityid', value: { id: 'P42' } }, undefined],
    [
      'words',
      { type: 'monolingualtext', value: { text: 'Hôtel de ville', language: 'fr' } },
      { text: 'Hôtel de ville', language: 'fr' },
    ],
    ['words of an odd language', { type: 'monolingualtext', value: { text: 'x', language: 'zh_CN' } }, { text: 'x' }],
    ['a number', { type: 'quantity', value: { amount: '+9.50', unit: '1' } }, { quantity: '9.50' }],
    [
      'a number of something',
      { type: 'quantity', value: { amount: '-3', unit: 'http://www.wikidata.org/entity/Q9000005' } },
      { quantity: '-3', unit: 'Q9000005' },
    ],
    ['a number with an exponent', { type: 'quantity', value: { amount: '+1e9', unit: '1' } }, undefined],
    ['a place on the globe', { type: 'globecoordinate', value: { latitude: 1, longitude: 2 } }, undefined],
    ['words that no file can hold', { type: 'string', value: 'a\u0007b' }, undefined],
    ['nothing', undefined, undefined],
  ])('a value: %s', (_name, datavalue, value) => {
    expect(seenValue(datavalue)).toEqual(value)
  })
})
