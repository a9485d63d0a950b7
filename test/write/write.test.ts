/** Nothing is half-written. */
import { DataFactory } from 'n3'
import { describe, expect, test } from 'vitest'
import { write, writeDesk } from '../../pipeline/6-write/write.ts'
import { BASE, graphOf } from './graphs.ts'

const { blankNode, literal, namedNode, quad } = DataFactory
const s = namedNode('urn:s')
const p = namedNode('urn:p')

describe.each([
  ['a blank node', quad(s, p, blankNode('b')), 'term-not-written'],
  ['an IRI with a space', quad(namedNode('urn:a b'), p, s), 'iri-invalid'],
  ['half a surrogate pair', quad(s, p, literal('\udc00')), 'text-not-unicode'],
])('%s', (_, broken, code) => {
  const fine = quad(s, p, literal('fine'))

  test('in an article is a problem, and no file has a text', () => {
    const { value, problems } = write(
      graphOf([fine, broken], () => 'claims'),
      {},
    )
    expect(problems.map((problem) => problem.code)).toEqual([code])
    expect(Object.values(value)).toEqual(['', '', '', ''])
  })

  test('in a desk is a problem, and the file has no text', () => {
    const { value, problems } = writeDesk([{ graph: `${BASE}graph/a`, quads: [fine, broken] }])
    expect(problems.map((problem) => problem.code)).toEqual([code])
    expect(value).toBe('')
  })
})

test('the graphs of a desk stand in the order of their names, each with its lines in order', () => {
  const graphs = ['urn:\u{1f600}', 'urn:b', 'urn:\uff5e'].map((graph) => ({
    graph,
    quads: ['2', '1', '2'].map((text) => quad(s, p, literal(text))),
  }))
  const lines = writeDesk(graphs).value.trimEnd().split('\n')
  expect(lines).toEqual(
    ['urn:b', 'urn:\uff5e', 'urn:\u{1f600}'].flatMap((g) => [
      `<urn:s> <urn:p> "1" <${g}> .`,
      `<urn:s> <urn:p> "2" <${g}> .`,
    ]),
  )
})
