/** Validate: the graph against the SHACL shapes of the ontology, before anything is written. */
import type { Quad, Term } from '@rdfjs/types'
import { DataFactory, Parser, Store } from 'n3'
import type { ShaclResult, Validator } from 'shacl-engine'
import type { Locate } from '../model/article.ts'
import { localName } from '../model/ends.ts'
import { type Graph, quadsOf } from '../model/graph.ts'
import { nodeName } from '../model/node-name.ts'
import type { OntologyFile } from '../model/ontology.ts'
import type { Problem } from '../model/problem.ts'
import type { Behind } from './behind.ts'

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

const capital = (text: string): string => text.replace(/^[a-z]/, (letter) => letter.toUpperCase())
/** True of a shape’s field that is a word of the format, such as `part-of`; the others name things in words. */
const isWritten = (field: string): boolean => /^[a-z0-9-]+$/.test(field)

/** A value as an annotator knows it: a node by its name, a listed value by its word, a text as it is. */
function valueName(term: Term, nodes: Pick<Behind, 'name'>, base: string): string {
  if (term.termType === 'Literal') return `“${term.value}”`
  return term.value.startsWith(base) ? nodes.name(term.value) : localName(term.value)
}

/** What a constraint found, as a sentence about the node: its field is missing, is there twice, or holds what it cannot. */
function finding(result: ShaclResult, name: string, nodes: Pick<Behind, 'name'>, base: string): string {
  const { field } = shapeOf(result)
  if (field === undefined) return name
  const shown = isWritten(field) ? `\`${field}\`` : field
  const value = result.value?.term
  switch (result.constraintComponent?.value.slice(SH.length)) {
    case 'MinCountConstraintComponent':
    case 'QualifiedMinCountConstraintComponent':
      return `${name} has no ${shown}`
    case 'MaxCountConstraintComponent':
    case 'QualifiedMaxCountConstraintComponent':
      return `${name} has more than one ${shown}`
    default:
      return value && value.value !== result.focusNode?.term?.value
        ? `the ${shown} of ${name} cannot be ${valueName(value, nodes, base)}`
        : name
  }
}

/** The shape behind a result: its name, the field that it is about, and whether that is a word of the format. */
function shapeOf(result: ShaclResult): { name?: string; field?: string } {
  const { ptr } = result.shape ?? {}
  const field = ptr?.out([DataFactory.namedNode(`${SH}name`)]).term?.value
  return {
    ...(ptr?.term.termType === 'NamedNode' ? { name: localName(ptr.term.value) } : {}),
    ...(field === undefined ? {} : { field }),
  }
}

/** A shape that says what it wants, for reports that count what was tried. */
export interface ShapeNote {
  iri: string
  name: string
  title: string
}

/** The shapes with a message of their own, in the order of their names; none if they do not parse. */
export function shapesIn(shapes: readonly OntologyFile[]): ShapeNote[] {
  const notes = new Map<string, ShapeNote>()
  for (const { text } of shapes) {
    try {
      for (const { subject, predicate, object } of new Parser({ format: 'text/turtle' }).parse(text))
        if (predicate.value === `${SH}message` && subject.termType === 'NamedNode')
          notes.set(subject.value, { iri: subject.value, name: localName(subject.value), title: object.value })
    } catch {
      return []
    }
  }
  return [...notes.values()].sort((a, b) => (a.iri < b.iri ? -1 : 1))
}

/** A result of SHACL as terms: which node has not the shape, and for which value. */
export interface Violation {
  focus: string
  shape: string
  value: string
}

/** The shapes as a function from a store of triples to what violates them, for work on graphs that no file holds. */
export async function violationsBy(shapes: readonly OntologyFile[]): Promise<(store: Store) => Promise<Violation[]>> {
  const { validator, problems } = await load(shapes)
  if (!validator) throw new Error(problems.map(({ message }) => message).join(' '))
  return async (store) =>
    (await validator.validate({ dataset: store as never })).results.map((result) => ({
      focus: result.focusNode?.term?.value ?? '',
      shape: shapeOf(result).name ?? '',
      value: `${result.constraintComponent?.value ?? ''} ${result.value?.term?.value ?? ''}`,
    }))
}

/**
 * The violations of a graph: one problem for each SHACL result (`shape-violation`, an error or a warning as its shape
 * says), placed at the field of the annotation that the focus node comes from. Shapes that do not parse:
 * `ontology-invalid`. `nodes` adds the sentence of the article.
 */
export async function validate(
  graph: Graph,
  shapes: readonly OntologyFile[],
  locate: Locate,
  nodes?: Behind,
): Promise<Problem[]> {
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
  const annotations = `source/articles/${graph.slug}/annotations.yaml`
  const named = nodes ?? { name: (iri: string) => nodeName(iri, graph.base, graph.slug) }
  return results.map((result): Problem => {
    const focus = result.focusNode?.term?.value ?? ''
    const { name: shape, field } = shapeOf(result)
    const written = field !== undefined && isWritten(field)
    const origin = graph.origins.get(focus)
    const name = named.name(focus)
    const said = result.message?.map((message) => message.value).join(' ')
    const place =
      nodes?.place(focus, written ? field : undefined) ??
      (origin ? locate(written ? { ...origin, path: [...origin.path, field] } : origin) : { file: annotations })
    const sentence = nodes?.sentence(focus)
    return {
      code: 'shape-violation',
      severity: result.severity?.value === `${SH}Violation` ? 'error' : 'warning',
      message: `${capital(finding(result, name, named, graph.base))}: ${said || 'It has not the right shape.'}`,
      hint: `${written ? `Look at ${field}: of ${name}` : `Look at ${name}`} in ${place.file}.${shape === undefined ? '' : ` The shape is ${shape}.`}`,
      place,
      ...(sentence ? { sentence } : {}),
      ...(shape === undefined ? {} : { test: { kind: 'shape', name: shape, article: graph.slug } }),
    }
  })
}
