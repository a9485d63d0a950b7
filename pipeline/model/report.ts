/** What a build and a check tell, as plain values; `report/` shows them to people, `--json` to programs. */
import type { Passage } from './article.ts'
import type { Place, Problem } from './problem.ts'

export interface ArticleSummary {
  slug: string
  /** False if an error in its sources kept the old output in place. */
  written: boolean
  entities: number
  events: number
  claims: number
  /** Claims that are not made in the author's own voice. */
  reported: number
  triples: number
}

/** One cell that differs, or a whole row if `column` is absent. */
export interface RowDifference {
  kind: 'missing' | 'unexpected' | 'changed' | 'order'
  /** The expected row for missing and changed, else the row found. */
  row: Record<string, string>
  /** For changed: the row that was found instead. */
  found?: Record<string, string>
  /** The columns that differ, for changed. */
  columns?: string[]
  place?: Place
}

/** What one node of a row rests on. */
export interface Evidence {
  /** The columns that the node stands in; empty if the row only leads to it. */
  columns: string[]
  /** The node in short: `claim:thesis`. */
  node: string
  iri: string
  /** Its annotation; absent if the sources do not hold it any more. */
  place?: Place
  /** The sentences with its words marked; empty if it has none, or if the text has changed since it was written. */
  passages: Passage[]
}

export interface QuestionResult {
  /** File name without `.rq`: `01-own-voice`. */
  name: string
  question: string
  scope: 'article' | 'desk'
  article?: string
  /** `shown`: there are no expected rows to compare with. */
  status: 'as-expected' | 'differs' | 'shown' | 'failed'
  columns: string[]
  rows: Record<string, string>[]
  expected?: number
  differences: RowDifference[]
  /** What each row rests on, in the order of the rows, if that was asked for. */
  evidence?: Evidence[][]
  /** Where the expected rows stand, or would stand. */
  place: Place
}

export interface CheckReport {
  problems: Problem[]
  questions: QuestionResult[]
  /** How many rule rows and shape results were violations. */
  violations: number
}

export interface BuildReport {
  problems: Problem[]
  articles: ArticleSummary[]
  check?: CheckReport
}
