/**
 * Workflow commands of GitHub Actions, which show a message at its line of a pull request: `::error file=…,line=…::…`
 * (docs.github.com, "Workflow commands"; the escapes are those of actions/toolkit, `command.ts`).
 */
import { CODES } from '../model/codes.ts'
import type { Place, Problem } from '../model/problem.ts'
import { sortProblems } from '../model/problem.ts'
import type { QuestionResult } from '../model/report.ts'

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

function command(severity: Problem['severity'], place: Place | undefined, title: string, message: string): string {
  const properties = [
    ...(place ? [`file=${property(place.file)}`] : []),
    ...(place?.line === undefined ? [] : [`line=${place.line}`]),
    ...(place?.line === undefined || place.column === undefined ? [] : [`col=${place.column}`]),
    `title=${property(title)}`,
  ]
  return `::${severity} ${properties.join(',')}::${data(message)}\n`
}

const cells = (row: Readonly<Record<string, string>>): string => Object.values(row).join(' | ')

/** Questions that differ, each at the first place that a difference leads to. */
function differing(result: QuestionResult, path: (file: string) => string): string {
  const differences = result.differences.map(({ kind, row, found }) =>
    found ? `expected ${cells(row)}\nfound ${cells(found)}` : `${kind}: ${cells(row)}`,
  )
  const place = result.differences.flatMap((difference) => difference.place ?? [])[0] ?? result.place
  return command(
    'error',
    { ...place, file: path(place.file) },
    `answer-differs: ${result.name}`,
    [result.question, ...differences.slice(0, 8)].join('\n'),
  )
}

/** One command for each problem and each question that differs. `path` makes a desk's file one of the repository. */
export function githubText(
  problems: readonly Problem[],
  questions: readonly QuestionResult[],
  path: (file: string) => string,
): string {
  return [
    ...sortProblems(problems).map(({ severity, place, code, message, hint }) =>
      command(
        severity,
        place && { ...place, file: path(place.file) },
        `${code}: ${CODES[code].title}`,
        hint === undefined ? message : `${message}\n${hint}`,
      ),
    ),
    ...questions.filter(({ status }) => status === 'differs').map((result) => differing(result, path)),
  ].join('')
}
