/** Reads RDF files back, as any other program would: by their media type, without asking anyone for a context. */
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Quad } from '@rdfjs/types'
import { Parser, Store } from 'n3'
import { readText } from '../io.ts'
import type { Code } from '../model/codes.ts'
import type { Outcome, Problem } from '../model/problem.ts'

/** File ending → media type, for every format that is read. */
export const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.ttl': 'text/turtle',
  '.nt': 'application/n-triples',
  '.nq': 'application/n-quads',
  '.trig': 'application/trig',
  '.jsonld': 'application/ld+json',
}
/** Data files may be far larger than sources. */
const DATA_LIMIT = 400 * 1024 * 1024

const refuseToFetch = (address: string): never => {
  throw new Error(`it needs ${address}, and nothing is fetched`)
}

/** The quads of a text in one of the media types of `MEDIA_TYPES`; throws what the parser throws. */
export async function parseRdf(
  text: string,
  mediaType: string,
  baseIRI?: string,
  onPrefix?: (prefix: string, namespace: string) => void,
): Promise<Quad[]> {
  const base = baseIRI === undefined ? {} : { baseIRI }
  if (mediaType !== 'application/ld+json') {
    const parser = new Parser({ format: mediaType, ...(/turtle|trig/.test(mediaType) ? base : {}) })
    return parser.parse(text, null, (prefix, namespace) => onPrefix?.(prefix, namespace.value)) as Quad[]
  }
  const { default: jsonld } = await import('jsonld')
  const lines = await jsonld.toRDF(JSON.parse(text), {
    format: 'application/n-quads',
    documentLoader: async (address: string) => refuseToFetch(address),
    ...(baseIRI === undefined ? {} : { base: baseIRI }),
  })
  return new Parser({ format: 'application/n-quads' }).parse(lines as unknown as string) as Quad[]
}

const unusable = (code: Code, file: string, message: string, hint: string, line?: number): Problem => ({
  code,
  severity: 'error',
  message,
  hint,
  place: line === undefined ? { file } : { file, line },
  unreadable: true,
})

export interface LoadOptions {
  unionDefaultGraph?: boolean
  /** Told of every prefix that a file declares. */
  onPrefix?: (prefix: string, namespace: string) => void
}

/**
 * Loads RDF files into one store; graphs that the files name are kept, and with `unionDefaultGraph` every triple stands
 * in the default graph too. Problems, all `unreadable`: `rdf-format-unknown`, `rdf-invalid`, and those of `readText`;
 * the files that can be read are loaded all the same.
 */
export async function loadFiles(
  paths: readonly string[],
  { unionDefaultGraph = false, onPrefix }: LoadOptions = {},
): Promise<Outcome<Store>> {
  const store = new Store()
  const problems: Problem[] = []
  for (const path of paths) {
    const mediaType = MEDIA_TYPES[extname(path).toLowerCase()]
    if (mediaType === undefined) {
      const endings = Object.keys(MEDIA_TYPES).join(', ')
      problems.push(
        unusable('rdf-format-unknown', path, `${path} has no ending of an RDF format.`, `Use one of ${endings}.`),
      )
      continue
    }
    const read = await readText('', path, DATA_LIMIT)
    problems.push(...read.problems)
    if (!read.value) continue
    try {
      const text = read.value.text.replace(/^\uFEFF/, '')
      for (const quad of await parseRdf(text, mediaType, pathToFileURL(resolve(path)).href, onPrefix)) {
        store.addQuad(quad)
        if (unionDefaultGraph) store.addQuad(quad.subject, quad.predicate, quad.object)
      }
    } catch (error) {
      const { message, context, details } = error as Error & {
        context?: { line?: number }
        details?: { cause?: Error }
      }
      const reason = (details?.cause?.message ?? message).trimEnd().replace(/\.$/, '')
      problems.push(
        unusable(
          'rdf-invalid',
          path,
          `${path} does not parse as ${mediaType}: ${reason}.`,
          'Build again, or mend the file.',
          context?.line,
        ),
      )
    }
  }
  return { value: store, problems }
}
