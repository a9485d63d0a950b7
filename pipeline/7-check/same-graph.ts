/** The proof that the four files of an article hold one and the same graph: each is read again, by a parser not ours. */
import type { Quad } from '@rdfjs/types'
import type { JsonLdDocument } from 'jsonld'
import { Parser } from 'n3'
import { canonicalLines } from '../6-write/ntriples.ts'
import { unwritable } from '../6-write/writable.ts'
import { ARTICLE_FILES, type ArticleFiles } from '../6-write/write.ts'
import type { Problem } from '../model/problem.ts'

type FileName = (typeof ARTICLE_FILES)[number]

const SHOWN = 3

const noNetwork = async (url: string): Promise<never> => {
  throw new Error(`it asks for ${url}, but everything it needs has to stand in the file`)
}

const fromJsonLd = async (text: string): Promise<Quad[]> => {
  const { default: jsonld } = await import('jsonld')
  // By way of N-Quads, because jsonld's own quads are not RDF/JS terms: their literals have no `language`.
  const options = { safe: true, documentLoader: noNetwork, format: 'application/n-quads' as const }
  const quads = await jsonld.toRDF(JSON.parse(text) as JsonLdDocument, options)
  return new Parser({ format: 'application/n-quads' }).parse(quads as unknown as string)
}

const READERS: Record<FileName, (text: string) => Promise<Quad[]>> = {
  'graph.ttl': async (text) => new Parser({ format: 'text/turtle' }).parse(text),
  'graph.jsonld': fromJsonLd,
  'graph.nt': async (text) => new Parser({ format: 'application/n-triples' }).parse(text),
  'graph.trig': async (text) => new Parser({ format: 'application/trig' }).parse(text),
}

const differ = (file: FileName, message: string, hint?: string): Problem => ({
  code: 'formats-differ',
  severity: 'error',
  message: `${file} ${message}`,
  ...(hint === undefined ? {} : { hint }),
  place: { file },
})

const some = (lines: readonly string[]): string =>
  [
    ...lines.slice(0, SHOWN).map((line) => `  ${line}`),
    ...(lines.length > SHOWN ? [`  … and ${lines.length - SHOWN} more`] : []),
  ].join('\n')

/** What a file lacks and has too much, compared with all triples that some file holds. */
const compare = (file: FileName, lines: ReadonlySet<string>, reference: ReadonlySet<string>): Problem[] => {
  const missing = [...reference].filter((line) => !lines.has(line))
  const extra = [...lines].filter((line) => !reference.has(line))
  const problems: Problem[] = []
  if (missing.length > 0)
    problems.push(differ(file, `lacks ${missing.length} of the graph's triples:\n${some(missing)}`))
  if (extra.length > 0) problems.push(differ(file, `holds ${extra.length} triples too many:\n${some(extra)}`))
  return problems
}

/** jsonld wraps the reason of a failed loader into a page of guesses; the reason itself says more. */
const reasonOf = (error: unknown): string => {
  const cause = (error as { details?: { cause?: unknown } } | undefined)?.details?.cause
  return cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error)
}

const readAll = async (files: ArticleFiles, problems: Problem[]): Promise<Map<FileName, Quad[]>> => {
  const read = new Map<FileName, Quad[]>()
  for (const file of ARTICLE_FILES)
    try {
      read.set(file, await READERS[file](files[file]))
    } catch (error) {
      problems.push(
        differ(file, `cannot be read: ${reasonOf(error)}`, 'Build again; do not edit files in out/ by hand.'),
      )
    }
  return read
}

/** Graph names are part of what TriG holds: all of them, and no others, stand below `{base}graph/`. */
const graphNames = (quads: readonly Quad[], base: string): Problem[] =>
  [...new Set(quads.map((quad) => quad.graph.value))]
    .filter((name) => !name.startsWith(`${base}graph/`))
    .map((name) =>
      differ('graph.trig', name === '' ? 'holds triples outside of any graph' : `holds an unknown graph <${name}>`),
    )

const equal = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((line) => b.has(line))

/** What all files should hold: what two of them agree on, so that the odd one is blamed; else what `graph.nt` holds. */
const referenceOf = (sets: ReadonlyMap<FileName, ReadonlySet<string>>): ReadonlySet<string> | undefined => {
  const all = [...sets.values()]
  return all.find((set, i) => all.some((other, j) => j > i && equal(set, other))) ?? sets.get('graph.nt')
}

/**
 * Reads the four texts and compares them, triple by triple; no problems means that they are one graph. Where two agree,
 * only those that differ from them are told.
 * Also a problem: a blank node, a term that cannot be written everywhere, `graph.nt` not in canonical form.
 */
export const sameGraph = async (files: ArticleFiles, base: string): Promise<Problem[]> => {
  const problems: Problem[] = []
  const read = await readAll(files, problems)
  const sets = new Map<FileName, ReadonlySet<string>>()
  for (const [file, quads] of read) {
    const broken = unwritable(quads)
    problems.push(...broken.map(({ message, hint }) => differ(file, `holds what cannot stand there. ${message}`, hint)))
    if (broken.length === 0) sets.set(file, new Set(canonicalLines(quads)))
  }
  problems.push(...graphNames(read.get('graph.trig') ?? [], base))
  const nt = sets.get('graph.nt')
  if (nt && [...nt, ''].join('\n') !== files['graph.nt'])
    problems.push(differ('graph.nt', 'is not in canonical form: each triple once, in code-point order'))
  const reference = referenceOf(sets)
  if (reference) for (const [file, lines] of sets) problems.push(...compare(file, lines, reference))
  return problems
}
