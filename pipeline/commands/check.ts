/** `newsgraph check` */
import { jsonCheck, jsonProblems, jsonText } from '../report/json.ts'
import { evidenceText, pathFrom } from '../report/passages.ts'
import { counted, printable } from '../report/printable.ts'
import { checkSummary } from '../report/summary.ts'
import { type Command, deskOptions, exitCodeOf, foldersOf, type Invocation, jsonOption, wrongUse } from './command.ts'
import { failed, reporterOf, reporterOption, reportFor, showFindings } from './findings.ts'

async function run(invocation: Invocation): Promise<number> {
  const { values, positionals, terminal } = invocation
  const { check: ask } = await import('../pipeline.ts')
  const { desk, ...ontology } = foldersOf(invocation)
  const strict = values.strict === true
  const reporter = reporterOf(invocation)
  if (typeof reporter === 'object') return wrongUse(terminal, 'check', reporter)
  const report = await ask(desk, {
    ...ontology,
    tests: reporter === 'junit' || reporter === 'earl',
    update: values.update === true,
    evidence: values.evidence === true,
    ...(positionals.length > 0 ? { articles: [...positionals] } : {}),
    onProgress: terminal.progress,
  })
  terminal.progress('')
  const code = exitCodeOf(report.problems, { strict, findings: failed(report) })
  if (reporter === 'json') {
    const document = { command: 'check', exitCode: code, problems: jsonProblems(report.problems), ...jsonCheck(report) }
    const questions = document.questions.map((question, i) => {
      const evidence = report.questions[i]?.evidence
      return evidence === undefined ? question : { ...question, evidence }
    })
    terminal.out(jsonText({ ...document, questions, updated: report.updated }))
    return code
  }
  const other = await reportFor(reporter, invocation, report.problems, { check: report, tests: report.tests })
  if (other !== undefined) terminal.out(other)
  if (reporter !== 'github') await showFindings(terminal, desk, report.problems, report)
  if (other !== undefined) {
    terminal.err(`${checkSummary(report)}\n`)
    return code
  }
  const look = { colour: terminal.interactive && terminal.colour, path: pathFrom(desk) }
  for (const { name, question, columns, rows, evidence } of report.questions)
    if (evidence)
      terminal.out(
        `${name}: ${printable(question)} (${counted(rows.length, 'row')})\n${evidenceText(columns, rows, evidence, look)}\n`,
      )
  for (const { file, added, removed } of report.updated)
    terminal.out(
      `${printable(file)}: ${
        added + removed === 0 ? 'no rows' : `${counted(added, 'row')} added, ${counted(removed, 'row')} removed`
      }\n`,
    )
  if (values.update === true && report.updated.length === 0) terminal.out('Nothing to update.\n')
  if (report.questions.length > 0) terminal.out(`${checkSummary(report)}\n`)
  return code
}

export const check: Command = {
  name: 'check',
  summary: 'ask the competency questions of what stands in out/',
  usage: ['newsgraph check [ARTICLE…] [--desk DIR] [--strict] [--json]', 'newsgraph check --update [ARTICLE…]'],
  details: `Reads the Turtle in out/ back from disk, asks the questions in ontology/questions/ and the rules in
ontology/rules/, and compares the rows with source/articles/ARTICLE/answers/. A difference is shown row by row.
--evidence shows every row, and under it the sentences with the words marked, and the annotations that it rests on.
--update makes the rows found the expected ones; read the difference in your version control before you keep it.`,
  options: {
    update: { type: 'boolean', description: 'rewrite the expected rows, and say which files changed' },
    evidence: {
      type: 'boolean',
      description: 'show under every row the sentences and annotations that make it true',
    },
    strict: { type: 'boolean', description: 'warnings are findings too: exit code 1' },
    json: jsonOption,
    reporter: reporterOption,
    ...deskOptions,
  },
  examples: [
    ['newsgraph check', 'ask everything of every article in out/'],
    ['newsgraph check taliban-leverage', 'of one article'],
    ['newsgraph check taliban-leverage --evidence | less', 'every answer with what it rests on'],
    ['newsgraph check --update', 'accept the answers as they are now'],
    ['newsgraph check --reporter earl > report.ttl', 'for a quality report in RDF'],
    ['newsgraph check --json | jq .questions[].status', 'for a machine'],
  ],
  run,
}
