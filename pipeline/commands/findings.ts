/** What `build` and `check` show alike. */
import type { Problem } from '../model/problem.ts'
import type { CheckReport } from '../model/report.ts'
import { linesFor, prettyProblems, prettyQuestions } from '../report/pretty.ts'
import type { Terminal } from './command.ts'

/** True if a question differs or could not be asked, or a rule is broken. */
export const failed = (check: CheckReport | undefined): boolean =>
  check !== undefined &&
  (check.violations > 0 || check.questions.some(({ status }) => status === 'differs' || status === 'failed'))

/** Shows problems and differing answers on stderr. `lines` are those of texts that stand in no file. */
export async function showFindings(
  terminal: Terminal,
  desk: string,
  problems: readonly Problem[],
  check?: CheckReport,
  lines?: ReadonlyMap<string, string[]>,
): Promise<void> {
  const options = { colour: terminal.colour, width: terminal.width, desk }
  const shown = [
    prettyProblems(problems, lines ?? (await linesFor(desk, problems)), options),
    check ? prettyQuestions(check.questions, options) : '',
  ]
  const text = shown.filter((part) => part !== '').join('\n')
  if (text !== '') terminal.err(`${text}\n`)
}
