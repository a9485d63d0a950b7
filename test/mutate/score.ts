/** The mutation score: every mutant tried, tallied by kind, and what survived held against the explanations. */
import type { OpenedDesk } from '../../pipeline/pipeline.ts'
import { type Checker, checkerOf } from './checks.ts'
import { builtDesk, type Desk } from './desk.ts'
import { type Explanation, unexplained } from './explained.ts'
import { type FieldMutant, fieldMutants } from './fields.ts'
import { found, sampleOf } from './graph.ts'
import { type Source, sourcesOf } from './sources.ts'
import { type Mutant, tripleMutants } from './triples.ts'

export interface Options {
  /** Triples, fields of the annotations and of the register, or both. */
  what: readonly ('triples' | 'fields')[]
  /** Only the triples of this class, or the fields of this part. */
  part?: string
  sample?: number
  seed?: number
  explanations?: readonly Explanation[]
  onProgress?: (done: number, all: number) => void
}

export type Of = 'triple' | 'field'

/** One kind of mutants: what was changed, how, how often, and what came of it. */
export interface Kind {
  of: Of
  part: string
  field: string
  change: string
  tried: number
  caught: number
  /** Changed fields that give the same graph and no message: nothing is there to catch. */
  same: number
  /** Check → how many mutants it was the first to see. */
  by: Record<string, number>
  survivors: string[]
}

export interface Score {
  article: string
  kinds: Kind[]
  /** Survivors that nobody has explained, and explanations that no longer hold. */
  open: string[]
  explanations: readonly Explanation[]
}

export interface Prepared {
  desk: Desk
  checker: Checker
  slug: string
}

export async function prepare(opened: OpenedDesk, slug: string): Promise<Prepared> {
  const desk = await builtDesk(opened)
  return { desk, slug, checker: await checkerOf(desk, slug) }
}

/** The mutants that are asked for: all, or those of a part, or a sample of them. */
function asked<T extends { part: string }>(all: readonly T[], { part, sample, seed = 1 }: Options): readonly T[] {
  const ofPart = part === undefined ? all : all.filter((mutant) => mutant.part === part)
  return sample === undefined ? ofPart : sampleOf(ofPart, sample, seed)
}

/** The mutants of the triples of an article. */
export const triplesOf = ({ desk, checker }: Prepared): Mutant[] => tripleMutants(checker.store, desk.ontology.schemes)

/** Tries the mutants of one article. */
export async function score(prepared: Prepared, options: Options): Promise<Score> {
  const { desk, checker, slug } = prepared
  const kinds = new Map<string, Kind>()
  const tally = (
    of: Of,
    note: { part: string; field: string; change: string; shown: string },
    by: string | undefined,
  ): void => {
    const { part, field, change, shown } = note
    const key = [of, part, field, change].join('\t')
    const kind = kinds.get(key) ?? { of, part, field, change, tried: 0, caught: 0, same: 0, by: {}, survivors: [] }
    kinds.set(key, kind)
    if (by === SAME) {
      kind.same++
      return
    }
    kind.tried++
    if (by === undefined) kind.survivors.push(shown)
    else {
      kind.caught++
      kind.by[by] = (kind.by[by] ?? 0) + 1
    }
  }
  if (options.what.includes('triples')) {
    const mutants = asked(triplesOf(prepared), options)
    for (const [i, mutant] of mutants.entries()) {
      tally('triple', mutant, await checker.caughtBy(mutant, kindOf(mutant)))
      options.onProgress?.(i + 1, mutants.length)
    }
  }
  if (options.what.includes('fields')) {
    const sources = await sourcesOf(desk.opened, slug, found(checker.store))
    try {
      const known = {
        entities: [...desk.opened.register.entities.keys()],
        items: [...desk.opened.lock.items.keys()],
        schemes: desk.ontology.schemes,
      }
      const all = [sources.annotations, sources.register].flatMap((source) =>
        fieldMutants(source.value, known).map((mutant) => ({ ...mutant, source })),
      )
      const mutants: readonly (FieldMutant & { source: Source })[] = asked(all, options)
      for (const [i, mutant] of mutants.entries()) {
        const got = await mutant.source.tried(mutant.document)
        const by =
          typeof got === 'string'
            ? `message ${got}`
            : got.removed.length + got.added.length === 0
              ? SAME
              : await checker.caughtBy(got, kindOf(mutant))
        tally('field', mutant, by)
        options.onProgress?.(i + 1, mutants.length)
      }
    } finally {
      sources.done()
    }
  }
  const explanations = (options.explanations ?? []).filter(({ of }) =>
    options.what.includes(of === 'triple' ? 'triples' : 'fields'),
  )
  const all = [...kinds.values()].sort((a, b) => (keyOfKind(a) < keyOfKind(b) ? -1 : 1))
  return {
    article: slug,
    kinds: all,
    open: unexplained(all, explanations, options.sample === undefined && options.part === undefined),
    explanations,
  }
}

const SAME = 'same graph'
const kindOf = ({ part, field, change }: Pick<Kind, 'part' | 'field' | 'change'>): string =>
  `${part} ${field} ${change}`
const keyOfKind = ({ of, part, field, change }: Kind): string => [of, part, field, change].join('\t')
