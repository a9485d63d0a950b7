/** The words of a graph against the text: what is told of a mention that does not fit, and that nothing is told of one that does. */
import { Parser, Store } from 'n3'
import { describe, expect, test } from 'vitest'
import { spanProblems } from '../../pipeline/7-check/spans.ts'

const ARTICLE = { text: 'A \u{1f600} b\u0301cd ferry stops.', sha256: `abcdef012345${'0'.repeat(52)}` }
const GRAPH = `
  @prefix oa: <http://www.w3.org/ns/oa#> .
  @prefix ng: <https://w3id.org/newsgraph/ontology#> .
  @prefix s: <https://example.org/article/a/snapshot/> .
  s:abcdef012345 ng:contentHash "${ARTICLE.sha256}" .
  <https://example.org/article/a/snapshot/abcdef012345/mention/9-14> oa:hasSource s:abcdef012345 ;
    oa:hasSelector <https://example.org/p>, <https://example.org/q> .
  <https://example.org/t> a ng:TimeExpression ; ng:groundedIn
    <https://example.org/article/a/snapshot/abcdef012345/mention/9-14> ; <http://www.w3.org/2000/01/rdf-schema#label> "ferry"@en .
  <https://example.org/p> oa:start 9 ; oa:end 14 .
  <https://example.org/q> oa:exact "ferry" ; oa:prefix "b\u0301cd " ; oa:suffix " stops." .`

const told = (from: string, to: string): string[] => {
  const graph = GRAPH.replace(from, to)
  if (from !== '') expect(graph).not.toBe(GRAPH)
  return spanProblems(new Store(new Parser().parse(graph)), ARTICLE, 'graph.ttl').map(({ message }) => message)
}

describe('spans against the text', () => {
  test('nothing is told of a mention that fits, with characters of two code units before it', () => {
    expect(told('', '')).toEqual([])
  })

  test.each([
    ['oa:start 9', 'oa:start 10', 'mention/9-14 has its position at 10–14'],
    ['oa:end 14', 'oa:end 15', 'mention/9-14 has its position at 9–15'],
    ['"ferry" ;', '"fer" ;', 'mention/9-14 has the words “fer”, and the text “ferry”'],
    ['"ferry"@en', '"boat"@en', '“ferry” is called “boat”'],
    ['"ferry"@en', '"in a ferry"@en', undefined],
    ['ng:TimeExpression ; ng:groundedIn', 'ng:Event ; ng:groundedIn', undefined],
    ['oa:prefix "b', 'oa:prefix "x', 'mention/9-14 has “x\u0301cd ” before it, which the text has not'],
    ['oa:prefix "b\u0301cd "', 'oa:prefix ""', 'mention/9-14 has “” before it, which the text has not'],
    ['" stops."', '" stops"', undefined],
    ['" stops."', '" stops. "', 'mention/9-14 has “ stops. ” after it, which the text has not'],
    ['contentHash "a', 'contentHash "b', `snapshot/abcdef012345 has the SHA-256 b${ARTICLE.sha256.slice(1)}`],
  ])('%s as %s', (from, to, message) => {
    expect(told(from, to)).toEqual(
      message === undefined ? [] : [`The graph does not fit the text of the article:\n  ${message}`],
    )
  })

  test('a mention of another text is passed over', () => {
    expect(told('', '').length).toBe(0)
    const other = GRAPH.replaceAll('abcdef012345', '999999999999')
      .replace('"ferry" ;', '"boat" ;')
      .replace('ng:TimeExpression', 'ng:Event')
    const store = new Store(new Parser().parse(other))
    expect(spanProblems(store, ARTICLE, 'graph.ttl')).toEqual([])
  })
})
