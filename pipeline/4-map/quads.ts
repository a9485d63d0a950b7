/** A small vocabulary for writing quads: one sink for a part of a graph. */
import type { NamedNode, Quad, Quad_Object } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { withoutEnd } from '../model/ends.ts'
import { rdf, xsd } from '../model/vocabulary.ts'

const { namedNode, literal, quad } = DataFactory

export const iri = (value: string): NamedNode => namedNode(value)
export const text = (value: string): Quad_Object => literal(value)
export const tagged = (value: string, language: string): Quad_Object => literal(value, language.toLowerCase())
export const date = (value: string): Quad_Object => literal(value, namedNode(xsd.date.value))
export const count = (value: number): Quad_Object => literal(String(value), namedNode(xsd.nonNegativeInteger.value))
export const yes: Quad_Object = literal('true', namedNode(xsd.boolean.value))

/** xsd:decimal in canonical form (XSD 1.1, section 3.3.3.1, as RDF writes it): no leading or trailing zeros, `0.7`, `12`. */
export function decimal(value: string): Quad_Object {
  const [whole = '0', fraction = ''] = value.replace(/^-/, '').split('.')
  const short = withoutEnd(fraction, /0/)
  const digits = `${whole.replace(/^0+(?=\d)/, '')}${short === '' ? '' : `.${short}`}`
  const sign = value.startsWith('-') && /[1-9]/.test(digits) ? '-' : ''
  return literal(`${sign}${digits}`, namedNode(xsd.decimal.value))
}

/** Collects the quads of one part; a quad that was added before is not added again. */
export interface Sink {
  quads: Quad[]
  type(subject: string, ...types: NamedNode[]): void
  add(subject: string, predicate: NamedNode, object: Quad_Object): void
  /** Adds an IRI as object; nothing if it is undefined. */
  link(subject: string, predicate: NamedNode, object: string | undefined): void
}

/** An empty sink. */
export function sink(): Sink {
  const quads: Quad[] = []
  const seen = new Set<string>()
  const add: Sink['add'] = (subject, predicate, object) => {
    const language = object.termType === 'Literal' ? `${object.language}^${object.datatype.value}` : ''
    const key = `${subject} ${predicate.value} ${object.value} ${language}`
    if (seen.has(key)) return
    seen.add(key)
    quads.push(quad(namedNode(subject), namedNode(predicate.value), object as never) as unknown as Quad)
  }
  return {
    quads,
    add,
    type: (subject, ...types) => {
      for (const type of types) add(subject, rdf.type, type)
    },
    link: (subject, predicate, object) => {
      if (object !== undefined) add(subject, predicate, namedNode(object))
    },
  }
}
