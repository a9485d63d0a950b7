/** The competency questions and rules, asked of a store, with the same expected rows as those of the files. */
import type { OpenedDesk } from '../1-read/read.ts'
import { type Answerer, asked, check } from '../7-check/check.ts'
import { articleSubject, deskSubject, expectedRows } from '../7-check/subjects.ts'
import type { Problem } from '../model/problem.ts'
import type { CheckReport, QuestionResult } from '../model/report.ts'
import type { Compiled } from '../pipeline.ts'
import { type Endpoint, queryStore } from './endpoint.ts'
import { numberForm } from './parity.ts'
import type { Target } from './plan.ts'

export interface AgainstOptions {
  /** Where the desk's graphs stand in the store. */
  target: Target
  onProgress?: (text: string) => void
}

/** Past this many network failures the store is taken to be gone, and nothing more is asked. */
const PATIENCE = 3

/**
 * Asks every question and rule of a store. An article’s questions see its graph and the register, the desk’s see all graphs
 * that the desk wrote; numbers are compared by value where the store changes their form. Problems: as of a check of files,
 * and those of the network.
 */
export async function checkAgainst(
  opened: OpenedDesk,
  compiled: readonly Compiled[],
  graphs: readonly string[],
  endpoint: Endpoint,
  { target, onProgress }: AgainstOptions,
): Promise<CheckReport & { ruled: string[] }> {
  const { folder, desk, ontology } = opened
  const { questions: every, rules: all, problems } = asked(ontology)
  const cannot = new Set(endpoint.profile.cannotAnswer)
  const [questions, rules] = [
    every.filter(({ name }) => !cannot.has(name)),
    all.filter(({ name }) => !cannot.has(name)),
  ]
  for (const { name, file } of [...every, ...all])
    if (cannot.has(name))
      problems.push({
        code: 'store-cannot-answer',
        severity: 'warning',
        message: `${endpoint.profile.title} cannot answer ${name}, whatever it holds; it was not asked.`,
        hint: 'Ask the files, which hold the same: newsgraph check',
        place: { file },
      })
  const results: QuestionResult[] = []
  const ruled: string[] = []
  const expected = expectedRows(folder, problems)
  let failures = 0
  const answerer =
    (of: readonly string[]): Answerer =>
    async (query, file) => {
      if (failures >= PATIENCE) return { value: undefined, problems: [] }
      const seen = target === 'default' ? [] : target === 'named' ? of : [target.graph]
      const answer = await queryStore(endpoint, query, seen)
      if (answer.problems.some(({ code }) => code === 'network-unreachable' || code === 'network-timeout')) failures++
      const told = answer.problems.map((problem): Problem => ({ ...problem, message: `${problem.message} (${file})` }))
      return { value: answer.value, problems: told }
    }
  const level = endpoint.profile.changes.includes('number-form') ? { level: numberForm } : {}
  for (const item of compiled) {
    const { slug, base } = item.graph
    onProgress?.(slug)
    const subject = articleSubject(item, answerer([`${base}graph/article/${slug}`, `${base}graph/register`]), expected)
    ruled.push(slug)
    const checked = await check(questions, rules, { ...subject, ...level })
    results.push(...checked.results)
    problems.push(...checked.problems)
  }
  if (questions.some(({ scope }) => scope === 'desk')) {
    const subject = deskSubject(desk.base, compiled, answerer(graphs), expected)
    const checked = await check(questions, [], { ...subject, ...level })
    results.push(...checked.results)
    problems.push(...checked.problems)
  }
  const broken = ({ code, severity }: Problem): boolean => severity === 'error' && code === 'rule-violation'
  return { problems, questions: results, violations: problems.filter(broken).length, ruled }
}
