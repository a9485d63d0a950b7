/** Who says it: from whoever tells the reader, step by step, to what is said. */
import { ng } from '../model/vocabulary.ts'
import type { View } from './view.ts'

/** One stance: somebody, towards the next step, or towards the text in the last one. */
export interface Step {
  /** The claim that this step is. */
  claim: string
  iri: string
  by: string[]
  /** What is done, as the annotation has it: “reports”, “wants”, “denies”. */
  verb: string
  /** How sure, if not certain: “probably”, “possibly”, “without committing”. */
  certainty?: string
  /** The words of the article that show the stance. */
  cue: string[]
  conditions: { kind: 'if' | 'unless'; proposition: string; text: string }[]
}

export interface Chain {
  steps: Step[]
  /** What is said in the end. */
  text: string
  /** The same as one line. */
  line: string
}

/** Value → verb if affirmed, and if negated. */
const FINAL: Readonly<Record<string, readonly [affirmed: string, negated: string]>> = {
  Asserts: ['states', 'denies'],
  Believes: ['believes', 'believes it not to be so'],
  Wants: ['wants', 'wants it not to be so'],
  Demands: ['demands', 'demands that it not be so'],
  Commits: ['commits to', 'commits to it not being so'],
}
const PRESUPPOSED: readonly [string, string] = ['takes for granted', 'takes for granted that it is not so']
const IMPLIED: readonly [string, string] = ['implies', 'implies that it is not so']
const SURE: Readonly<Record<string, string>> = {
  Probable: 'probably',
  Possible: 'possibly',
  Uncommitted: 'without committing',
}

const local = (iri: string | undefined): string => (iri?.startsWith(ng.iri) ? iri.slice(ng.iri.length) : '')

function verbOf(view: View, claim: string, isReport: boolean): string {
  const polarity = local(view.one(claim, ng.polarity))
  const attitude = local(view.one(claim, ng.attitude))
  const presentation = local(view.one(claim, ng.presentation))
  const verbs = ((): readonly [string, string] => {
    if (attitude !== 'Asserts') {
      const word = view.word(view.one(claim, ng.attitude))
      return FINAL[attitude] ?? [word, `${word}, negated`]
    }
    if (presentation === 'Presupposed') return PRESUPPOSED
    if (presentation === 'Implied') return IMPLIED
    return isReport ? ['reports', 'denies'] : (FINAL.Asserts as readonly [string, string])
  })()
  if (polarity === 'Negated') return verbs[1]
  return polarity === 'Unknown' ? `${verbs[0]} (or not: that is left open)` : verbs[0]
}

/** The words of an article's spans, without the line breaks that a layout put there. */
export const wordsOf = (view: View, iri: string, predicate?: { value: string }): string[] =>
  view.spans(iri, predicate).map(({ start, end }) =>
    view.sentences.characters
      .slice(start, end)
      .join('')
      .replace(/\p{White_Space}+/gu, ' ')
      .trim(),
  )

function stepOf(view: View, claim: string): Step {
  const content = view.one(claim, ng.content)
  const isReport = content !== undefined && view.kind(content) === 'claim'
  const certainty = SURE[local(view.one(claim, ng.certainty))]
  return {
    claim: view.curie(claim),
    iri: claim,
    by: view.objects(claim, ng.claimedBy).map(view.name),
    verb: verbOf(view, claim, isReport),
    ...(certainty === undefined ? {} : { certainty }),
    cue: wordsOf(view, claim, ng.cue),
    conditions: (['if', 'unless'] as const).flatMap((kind) =>
      view
        .objects(claim, ng[kind])
        .map((proposition) => ({ kind, proposition: view.curie(proposition), text: view.name(proposition) })),
    ),
  }
}

export const and = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

function stepText({ by, verb, certainty, cue, conditions }: Step): string {
  const who = by.length > 1 ? `each of ${and(by)}` : (by[0] ?? 'nobody')
  const how = [...(certainty === undefined ? [] : [certainty]), ...cue.map((words) => `“${words}”`)].join(', ')
  const when = conditions.map(({ kind, text }) => `, ${kind} “${text}”`).join('')
  return `${who} ${verb}${how === '' ? '' : ` (${how})`}${when}`
}

/** From a claim inwards, to what is said. A circle ends where it closes. */
function inwards(view: View, outermost: string): Chain {
  const steps: Step[] = []
  let node: string | undefined = outermost
  while (node !== undefined && view.kind(node) === 'claim' && !steps.some(({ iri }) => iri === node)) {
    steps.push(stepOf(view, node))
    node = view.one(node, ng.content)
  }
  const text = node === undefined ? '' : view.name(node)
  return { steps, text, line: `${steps.map(stepText).join(': ')}: ${text}` }
}

/** The outermost claims in which a claim is told: itself, if nobody reports it. */
function outermost(view: View, claim: string, seen: ReadonlySet<string> = new Set()): string[] {
  const around = view.subjects(ng.content, claim).filter((report) => !seen.has(report))
  return around.length === 0 ? [claim] : around.flatMap((report) => outermost(view, report, new Set([...seen, claim])))
}

/** The chains in which a claim, or what a proposition says, reaches the reader. */
export function chainsOf(view: View, iri: string): Chain[] {
  const kind = view.kind(iri)
  const claims = kind === 'claim' ? [iri] : kind === 'proposition' ? view.subjects(ng.content, iri) : []
  return [...new Set(claims.flatMap((claim) => outermost(view, claim)))].map((claim) => inwards(view, claim))
}
