/** What a store is known to refuse or to break, found before a byte is sent. */
import type { Literal, Quad } from '@rdfjs/types'
import type { Place, Problem } from '../model/problem.ts'
import { xsd } from '../model/vocabulary.ts'
import { shownGraph } from './load.ts'
import type { Refusal, StoreProfile } from './profiles.ts'

const WITH_YEAR: ReadonlySet<string> = new Set(
  ['date', 'dateTime', 'dateTimeStamp', 'gYear', 'gYearMonth'].map((name) => xsd.iri + name),
)
const yearOf = (literal: Literal): string | undefined =>
  WITH_YEAR.has(literal.datatype.value) ? /^(-?\d{4,})/.exec(literal.value)?.[1] : undefined

/** Refusal → what is found wrong with a literal, in words, or undefined. */
const FINDINGS: Readonly<Record<Refusal, (literal: Literal) => string | undefined>> = {
  'year-before-1': (literal) => {
    const year = yearOf(literal)
    return year?.startsWith('-') || year === '0000' ? `It breaks years before 1, such as ${literal.value}.` : undefined
  },
  'year-after-9999': (literal) =>
    (yearOf(literal)?.replace('-', '').length ?? 0) > 4
      ? `It breaks years of more than four digits, such as ${literal.value}.`
      : undefined,
}

/**
 * The problems that a store of this profile will have with these quads: `store-refuses`, once for each subject and kind,
 * at the place in the sources behind the subject.
 */
export function preflight(
  quads: Iterable<Quad>,
  { title, refuses }: StoreProfile,
  placeOf: (iri: string) => Place | undefined,
): Problem[] {
  const problems = new Map<string, Problem>()
  if (refuses.length === 0) return []
  for (const { subject, predicate, object, graph } of quads) {
    if (object.termType !== 'Literal') continue
    for (const refusal of refuses) {
      const found = FINDINGS[refusal](object)
      if (found === undefined || problems.has(`${refusal} ${subject.value}`)) continue
      const where = graph.value === '' ? '' : ` in ${shownGraph(graph.value)}`
      problems.set(`${refusal} ${subject.value}`, {
        code: 'store-refuses',
        severity: 'error',
        message: `${title} does not hold this as it is: ${found} (<${subject.value}> <${predicate.value}>${where})`,
        hint: 'Change the annotation, or load into another store.',
        place: placeOf(subject.value) ?? { file: 'out/newsgraph.nq' },
      })
    }
  }
  return [...problems.values()]
}
