/** The control: a reasoner that finds nothing would prove nothing. Every rule is shown to fire, and by its own premises. */
import { describe, expect, it } from 'vitest'
import { brief, closure, RULES_TEXT, turtle } from './infer.ts'

/** The rules of OWL 2 RL/RDF, tables 4 to 9 of the W3C recommendation, by their ids. */
const W3C = [
  'eq-ref eq-sym eq-trans eq-rep-s eq-rep-p eq-rep-o eq-diff1 eq-diff2 eq-diff3',
  'prp-ap prp-dom prp-rng prp-fp prp-ifp prp-irp prp-symp prp-asyp prp-trp prp-spo1 prp-spo2 prp-eqp1 prp-eqp2 prp-pdw',
  'prp-adp prp-inv1 prp-inv2 prp-key prp-npa1 prp-npa2',
  'cls-thing cls-nothing1 cls-nothing2 cls-int1 cls-int2 cls-uni cls-com cls-svf1 cls-svf2 cls-avf cls-hv1 cls-hv2',
  'cls-maxc1 cls-maxc2 cls-maxqc1 cls-maxqc2 cls-maxqc3 cls-maxqc4 cls-oo',
  'cax-sco cax-eqc1 cax-eqc2 cax-dw cax-adc',
  'dt-type1 dt-type2 dt-eq dt-diff dt-not-type',
  'scm-cls scm-sco scm-eqc1 scm-eqc2 scm-op scm-dp scm-spo scm-eqp1 scm-eqp2 scm-dom1 scm-dom2 scm-rng1 scm-rng2 scm-hv',
  'scm-svf1 scm-svf2 scm-avf1 scm-avf2 scm-int scm-uni',
].flatMap((line) => line.split(' '))

/** Rule, what is given, what follows; `clash` where W3C's rule ends in "false". */
const FIRES: [rule: string, given: string, follows: string][] = [
  ['eq-sym', 'ex:a owl:sameAs ex:b .', 'ex:b owl:sameAs ex:a'],
  ['eq-trans', 'ex:a owl:sameAs ex:b . ex:b owl:sameAs ex:c .', 'ex:a owl:sameAs ex:c'],
  ['eq-rep-s', 'ex:a owl:sameAs ex:b ; ex:p ex:o .', 'ex:b ex:p ex:o'],
  ['eq-rep-p', 'ex:p owl:sameAs ex:q . ex:a ex:p ex:b .', 'ex:a ex:q ex:b'],
  ['eq-rep-o', 'ex:a owl:sameAs ex:b . ex:s ex:p ex:a .', 'ex:s ex:p ex:b'],
  ['eq-diff1', 'ex:a owl:sameAs ex:b ; owl:differentFrom ex:b .', 'clash ex:a'],
  ['prp-dom', 'ex:p rdfs:domain ex:C . ex:a ex:p ex:b .', 'ex:a rdf:type ex:C'],
  ['prp-rng', 'ex:p rdfs:range ex:C . ex:a ex:p ex:b .', 'ex:b rdf:type ex:C'],
  ['prp-fp', 'ex:p a owl:FunctionalProperty . ex:a ex:p ex:b, ex:c .', 'ex:b owl:sameAs ex:c'],
  ['prp-ifp', 'ex:p a owl:InverseFunctionalProperty . ex:a ex:p ex:c . ex:b ex:p ex:c .', 'ex:a owl:sameAs ex:b'],
  ['prp-irp', 'ex:p a owl:IrreflexiveProperty . ex:a ex:p ex:a .', 'clash ex:a'],
  ['prp-symp', 'ex:p a owl:SymmetricProperty . ex:a ex:p ex:b .', 'ex:b ex:p ex:a'],
  ['prp-asyp', 'ex:p a owl:AsymmetricProperty . ex:a ex:p ex:b . ex:b ex:p ex:a .', 'clash ex:a'],
  ['prp-trp', 'ex:p a owl:TransitiveProperty . ex:a ex:p ex:b . ex:b ex:p ex:c .', 'ex:a ex:p ex:c'],
  ['prp-spo1', 'ex:p rdfs:subPropertyOf ex:q . ex:a ex:p ex:b .', 'ex:a ex:q ex:b'],
  ['prp-spo2', 'ex:p owl:propertyChainAxiom ( ex:q ex:r ) . ex:a ex:q ex:b . ex:b ex:r ex:c .', 'ex:a ex:p ex:c'],
  ['prp-eqp1', 'ex:p owl:equivalentProperty ex:q . ex:a ex:p ex:b .', 'ex:a ex:q ex:b'],
  ['prp-eqp2', 'ex:p owl:equivalentProperty ex:q . ex:a ex:q ex:b .', 'ex:a ex:p ex:b'],
  ['prp-pdw', 'ex:p owl:propertyDisjointWith ex:q . ex:a ex:p ex:b ; ex:q ex:b .', 'clash ex:a'],
  ['prp-inv1', 'ex:p owl:inverseOf ex:q . ex:a ex:p ex:b .', 'ex:b ex:q ex:a'],
  ['prp-inv2', 'ex:p owl:inverseOf ex:q . ex:a ex:q ex:b .', 'ex:b ex:p ex:a'],
  ['cls-nothing2', 'ex:a a owl:Nothing .', 'clash ex:a'],
  ['cls-int1', 'ex:C owl:intersectionOf ( ex:D ex:E ) . ex:a a ex:D, ex:E .', 'ex:a rdf:type ex:C'],
  ['cls-int2', 'ex:C owl:intersectionOf ( ex:D ex:E ) . ex:a a ex:C .', 'ex:a rdf:type ex:E'],
  ['cls-uni', 'ex:C owl:unionOf ( ex:D ex:E ) . ex:a a ex:E .', 'ex:a rdf:type ex:C'],
  ['cls-com', 'ex:C owl:complementOf ex:D . ex:a a ex:C, ex:D .', 'clash ex:a'],
  [
    'cls-svf1',
    'ex:C owl:someValuesFrom ex:D ; owl:onProperty ex:p . ex:a ex:p ex:b . ex:b a ex:D .',
    'ex:a rdf:type ex:C',
  ],
  ['cls-svf2', 'ex:C owl:someValuesFrom owl:Thing ; owl:onProperty ex:p . ex:a ex:p ex:b .', 'ex:a rdf:type ex:C'],
  ['cls-avf', 'ex:C owl:allValuesFrom ex:D ; owl:onProperty ex:p . ex:a a ex:C ; ex:p ex:b .', 'ex:b rdf:type ex:D'],
  ['cls-hv1', 'ex:C owl:hasValue ex:v ; owl:onProperty ex:p . ex:a a ex:C .', 'ex:a ex:p ex:v'],
  ['cls-hv2', 'ex:C owl:hasValue ex:v ; owl:onProperty ex:p . ex:a ex:p ex:v .', 'ex:a rdf:type ex:C'],
  [
    'cls-maxc1',
    'ex:C owl:maxCardinality "0"^^xsd:nonNegativeInteger ; owl:onProperty ex:p . ex:a a ex:C ; ex:p ex:b .',
    'clash ex:a',
  ],
  [
    'cls-maxc2',
    'ex:C owl:maxCardinality "1"^^xsd:nonNegativeInteger ; owl:onProperty ex:p . ex:a a ex:C ; ex:p ex:b, ex:c .',
    'ex:b owl:sameAs ex:c',
  ],
  ['cls-oo', 'ex:C owl:oneOf ( ex:a ex:b ) .', 'ex:b rdf:type ex:C'],
  ['cax-sco', 'ex:C rdfs:subClassOf ex:D . ex:a a ex:C .', 'ex:a rdf:type ex:D'],
  ['cax-eqc1', 'ex:C owl:equivalentClass ex:D . ex:a a ex:C .', 'ex:a rdf:type ex:D'],
  ['cax-eqc2', 'ex:C owl:equivalentClass ex:D . ex:a a ex:D .', 'ex:a rdf:type ex:C'],
  ['cax-dw', 'ex:C owl:disjointWith ex:D . ex:a a ex:C, ex:D .', 'clash ex:a'],
  ['cax-adc', 'ex:x a owl:AllDisjointClasses ; owl:members ( ex:C ex:D ex:E ) . ex:a a ex:C, ex:E .', 'clash ex:a'],
  ['scm-cls', 'ex:C a owl:Class .', 'ex:C rdfs:subClassOf owl:Thing'],
  ['scm-sco', 'ex:C rdfs:subClassOf ex:D . ex:D rdfs:subClassOf ex:E .', 'ex:C rdfs:subClassOf ex:E'],
  ['scm-eqc1', 'ex:C owl:equivalentClass ex:D .', 'ex:D rdfs:subClassOf ex:C'],
  ['scm-eqc2', 'ex:C rdfs:subClassOf ex:D . ex:D rdfs:subClassOf ex:C .', 'ex:C owl:equivalentClass ex:D'],
  ['scm-op', 'ex:p a owl:ObjectProperty .', 'ex:p rdfs:subPropertyOf ex:p'],
  ['scm-dp', 'ex:p a owl:DatatypeProperty .', 'ex:p rdfs:subPropertyOf ex:p'],
  ['scm-spo', 'ex:p rdfs:subPropertyOf ex:q . ex:q rdfs:subPropertyOf ex:r .', 'ex:p rdfs:subPropertyOf ex:r'],
  ['scm-eqp1', 'ex:p owl:equivalentProperty ex:q .', 'ex:q rdfs:subPropertyOf ex:p'],
  ['scm-eqp2', 'ex:p rdfs:subPropertyOf ex:q . ex:q rdfs:subPropertyOf ex:p .', 'ex:p owl:equivalentProperty ex:q'],
  ['scm-dom1', 'ex:p rdfs:domain ex:C . ex:C rdfs:subClassOf ex:D .', 'ex:p rdfs:domain ex:D'],
  ['scm-dom2', 'ex:q rdfs:domain ex:C . ex:p rdfs:subPropertyOf ex:q .', 'ex:p rdfs:domain ex:C'],
  ['scm-rng1', 'ex:p rdfs:range ex:C . ex:C rdfs:subClassOf ex:D .', 'ex:p rdfs:range ex:D'],
  ['scm-rng2', 'ex:q rdfs:range ex:C . ex:p rdfs:subPropertyOf ex:q .', 'ex:p rdfs:range ex:C'],
  [
    'scm-hv',
    'ex:C owl:hasValue ex:v ; owl:onProperty ex:p . ex:D owl:hasValue ex:v ; owl:onProperty ex:q . ex:p rdfs:subPropertyOf ex:q .',
    'ex:C rdfs:subClassOf ex:D',
  ],
  [
    'scm-svf1',
    'ex:C owl:someValuesFrom ex:Y ; owl:onProperty ex:p . ex:D owl:someValuesFrom ex:Z ; owl:onProperty ex:p . ex:Y rdfs:subClassOf ex:Z .',
    'ex:C rdfs:subClassOf ex:D',
  ],
  [
    'scm-svf2',
    'ex:C owl:someValuesFrom ex:Y ; owl:onProperty ex:p . ex:D owl:someValuesFrom ex:Y ; owl:onProperty ex:q . ex:p rdfs:subPropertyOf ex:q .',
    'ex:C rdfs:subClassOf ex:D',
  ],
  [
    'scm-avf1',
    'ex:C owl:allValuesFrom ex:Y ; owl:onProperty ex:p . ex:D owl:allValuesFrom ex:Z ; owl:onProperty ex:p . ex:Y rdfs:subClassOf ex:Z .',
    'ex:C rdfs:subClassOf ex:D',
  ],
  [
    'scm-avf2',
    'ex:C owl:allValuesFrom ex:Y ; owl:onProperty ex:p . ex:D owl:allValuesFrom ex:Y ; owl:onProperty ex:q . ex:p rdfs:subPropertyOf ex:q .',
    'ex:D rdfs:subClassOf ex:C',
  ],
  ['scm-int', 'ex:C owl:intersectionOf ( ex:D ex:E ) .', 'ex:C rdfs:subClassOf ex:E'],
  ['scm-uni', 'ex:C owl:unionOf ( ex:D ex:E ) .', 'ex:E rdfs:subClassOf ex:C'],
  ['rdfs12', 'ex:p a rdfs:ContainerMembershipProperty .', 'ex:p rdfs:subPropertyOf rdfs:member'],
]

const written = [...RULES_TEXT.matchAll(/^# ([a-z]+[0-9]*(?:-[a-z]+[0-9]*)*)(?: \(.*)?$/gm)].map(
  (match) => match[1] ?? '',
)
const rules = written.filter((name) => !name.startsWith('list-'))
const excluded = [...RULES_TEXT.matchAll(/^# excluded: (\S+)\s+\S/gm)].map((match) => match[1] ?? '')

describe('the rules', () => {
  it('are those of OWL 2 RL/RDF, but for the ones that are listed with a reason', () => {
    expect(rules.filter((name) => !name.startsWith('rdfs')).sort()).toEqual(
      W3C.filter((name) => !excluded.includes(name)).sort(),
    )
    expect(excluded.filter((name) => !W3C.includes(name) || rules.includes(name))).toEqual([])
    expect(FIRES.map(([rule]) => rule).sort()).toEqual([...rules].sort())
  })

  for (const [rule, given, follows] of FIRES)
    it(`${rule} fires`, () => {
      const quads = turtle(given)
      const told = (
        store: Iterable<{ subject: { value: string }; predicate: { value: string }; object: { value: string } }>,
      ) =>
        [...store].map(({ subject, predicate, object }) =>
          predicate.value.endsWith('#clash')
            ? `clash ${brief(subject.value)} ${object.value}`
            : `${brief(subject.value)} ${brief(predicate.value)} ${brief(object.value)}`,
        )
      expect(told(quads as never)).not.toContain(follows)
      const found = told(closure(quads, { literals: true }) as never)
      expect(found).toContain(follows.startsWith('clash') ? `${follows} ${rule}` : follows)
    })

  it('go on from what they inferred, in whatever order they stand', () => {
    const quads = turtle('ex:same rdfs:subPropertyOf owl:sameAs . ex:a ex:same ex:c . ex:b ex:same ex:c ; ex:p ex:d .')
    const found = closure(quads)
    expect(
      found.getQuads('https://example.org/a', 'https://example.org/p', 'https://example.org/d', null),
    ).toHaveLength(1)
  })

  it('infer nothing from triples that no schema speaks of', () => {
    const quads = turtle('ex:a ex:p ex:b . ex:b ex:q ex:c . ex:a a ex:C .')
    expect(closure(quads).size).toBe(quads.length)
  })
})
