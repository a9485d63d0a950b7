/** Validate: the graph against the SHACL shapes of the ontology, before anything is written. */
import type { Quad } from '@rdfjs/types'
import { DataFactory, Parser, Store } from 'n3'
import type { ShaclResult, Validator } from 'shacl-engine'
import type { Locate } from '../model/article.ts'
import { type Graph, quadsOf } from '../model/graph.ts'
import type { OntologyFile } from '../model/ontology.ts'
import type { Problem } from '../model/problem.ts'

const SH = 'http://www.w3.org/ns/shacl#'
const validators = new WeakMap<readonly OntologyFile[], Promise<{ validator?: Validator; problems: Problem[] }>>()

const unusable = (file: string | undefined, reason: string): Problem => ({
  code: 'ontology-invalid',
  severity: 'error',
  message: `These shapes cannot be used: ${reason}.`,
  hint: 'Compare them with the shapes that newsgraph ships.',
  place: { file: file ?? 'ontology/shapes.ttl' },
  unreadable: true,
})

async function load(shapes: readonly OntologyFile[]): Promise<{ validator?: Validator; problems: Problem[] }> {
  const store = new Store()
  for (const { file, text } of shapes) {
    try {
      const quads = new Parser({ format: 'text/turtle' }).parse(text)
      const wrong = quads.find(
        ({ predicate, object }) => predicate.value === `${SH}path` && object.termType === 'Literal',
      )
      if (wrong) return { problems: [unusable(file, `sh:path “${wrong.object.value}” is a text, not a property`)] }
      store.addQuads(quads)
    } catch (error) {
      const { message, context } = error as Error & { context?: { line?: number } }
      const line = context?.line === undefined ? {} : { line: context.line }
      return {
        problems: [
          {
            code: 'ontology-invalid',
            severity: 'error',
            message: `These shapes do not parse: ${message}`,
            hint: 'Mend the line that is named, or the one above it.',
            place: { file, ...line },
            unreadable: true,
          },
        ],
      }
    }
  }
  const { Validator } = await import('shacl-engine')
  try {
    return { validator: new Validator(store, { factory: DataFactory }), problems: [] }
  } catch (error) {
    return { problems: [unusable(shapes.at(-1)?.file, (error as Error).message)] }
  }
}

const ASTRAL = /[\u{10000}-\u{10ffff}]/gu

/** The validator takes an emoji in an xsd:string for a fault (it knows 16 bits only): it is shown another character. */
function withinPlaneZero(quad: Quad): Quad {
  const { object } = quad
  if (object.termType !== 'Literal' || object.language !== '' || object.value.search(ASTRAL) < 0) return quad
  const value = DataFactory.literal(object.value.replace(ASTRAL, '\ufffd'), object.datatype as never)
  return DataFactory.quad(quad.subject as never, quad.predicate as never, value) as unknown as Quad
}

/** What a node is called in messages: the end of its IRI, such as `claim/thesis`. */
export const nodeName = (iri: string, base: string, slug?: string): string =>
  iri.startsWith(`${base}article/${slug}/`)
    ? iri.slice(`${base}article/${slug}/`.length)
    : iri.startsWith(base)
      ? iri.slice(base.length)
      : iri

/**
 * The violations of a graph: one problem for each SHACL result (`shape-violation`, an error or a warning as its shape
 * says), placed at the annotation that the focus node comes from. Shapes that do not parse: `ontology-invalid`.
 */
export async function validate(graph: Graph, shapes: readonly OntologyFile[], locate: Locate): Promise<Problem[]> {
  const loaded = validators.get(shapes) ?? load(shapes)
  validators.set(shapes, loaded)
  const { validator, problems } = await loaded
  if (!validator) return problems
  let results: ShaclResult[]
  try {
    results = (
      await validator.validate({ dataset: new Store(quadsOf(graph).map(withinPlaneZero) as never[]) as never })
    ).results
  } catch (error) {
    return [unusable(shapes.at(-1)?.file, (error as Error).message)]
  }
  return results.map((result): Problem => {
    const focus = result.focusNode?.term?.value ?? ''
    const origin = graph.origins.get(focus)
    const name = nodeName(focus, graph.base, graph.slug)
    const said =
      result.message?.map((message) => message.value).join(' ') ||
      result.constraintComponent?.value.slice(SH.length) ||
      'It has not the right shape.'
    return {
      code: 'shape-violation',
      severity: result.severity?.value === `${SH}Violation` ? 'error' : 'warning',
      message: `${name}: ${said}`,
      hint: 'The shape stands in ontology/shapes.ttl.',
      place: origin ? locate(origin) : { file: `source/articles/${graph.slug}/annotations.yaml` },
    }
  })
}
