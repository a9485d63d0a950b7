/**
 * A problem is a value: what is wrong, where, and what to do about it. Stages return problems beside their value
 * and go on, so that one run names every problem.
 */
import type { Code } from './codes.ts'

export type Severity = 'error' | 'warning'

/** A place in a source file. Line and column count from 1; the column counts Unicode code points. */
export interface Place {
  /** Path of the file relative to the desk's folder, with `/` on every platform. */
  file: string
  line?: number
  column?: number
}

export interface Problem {
  /** Permanent, in kebab case, for example `quote-not-found`. */
  code: Code
  severity: Severity
  message: string
  hint?: string
  place?: Place
  /** True for what could not be read at all (missing, not UTF-8, too big, does not parse): exit code 3. */
  unreadable?: boolean
}

/** What a stage gives back: the value as far as it could be made, and every problem met on the way. */
export interface Outcome<T> {
  value: T
  problems: Problem[]
}

/** True if one of the problems is an error. */
export const hasErrors = (problems: readonly Problem[]): boolean => problems.some((p) => p.severity === 'error')

/** `file:line:column`, as far as they are known. */
export const formatPlace = (place: Place): string =>
  [place.file, place.line, place.column].filter((part) => part !== undefined).join(':')

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Orders problems for a reader: by file, line and column, errors before warnings at one place. */
export const sortProblems = (problems: readonly Problem[]): Problem[] =>
  [...problems].sort(
    (a, b) =>
      byText(a.place?.file ?? '', b.place?.file ?? '') ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
      byText(a.severity, b.severity) ||
      byText(a.code, b.code) ||
      byText(a.message, b.message),
  )
