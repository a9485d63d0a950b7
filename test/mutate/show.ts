/** The score as text and as JSON. */
import { speaksOf } from './explained.ts'
import type { Kind, Of, Score } from './score.ts'

/** What is asked for 98 in 100: the kinds of which everything else is made. */
export const GOAL = 0.98
const GOALS: Readonly<Record<string, readonly string[]>> = {
  claims: ['Claim'],
  events: ['Event'],
  alignments: ['Alignment'],
  mentions: ['Mention', 'TextPositionSelector', 'TextQuoteSelector'],
}

interface Sum {
  tried: number
  caught: number
  same: number
}

const sum = (kinds: readonly Kind[]): Sum => ({
  tried: kinds.reduce((n, { tried }) => n + tried, 0),
  caught: kinds.reduce((n, { caught }) => n + caught, 0),
  same: kinds.reduce((n, { same }) => n + same, 0),
})

/** Rounded down, so that 100 % means all. */
const share = ({ tried, caught }: Sum): string =>
  tried === 0 ? '–' : `${(Math.floor((10_000 * caught) / tried) / 100).toFixed(2)} %`
const number = (value: number): string => value.toLocaleString('en')

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const grouped = (kinds: readonly Kind[], keyOf: (kind: Kind) => string): [string, Kind[]][] => {
  const groups = new Map<string, Kind[]>()
  for (const kind of kinds) groups.set(keyOf(kind), [...(groups.get(keyOf(kind)) ?? []), kind])
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
}

const row = (name: string, kinds: readonly Kind[]): string[] => {
  const { tried, caught, same } = sum(kinds)
  return [name, number(tried), number(tried - caught), share({ tried, caught, same })]
}
const HEAD = ['tried', 'survived', 'caught']

/** The four goals, of the triples. */
export const goalsOf = (kinds: readonly Kind[]): { name: string; share: number; tried: number }[] =>
  Object.entries(GOALS).map(([name, parts]) => {
    const { tried, caught } = sum(kinds.filter(({ of, part }) => of === 'triple' && parts.includes(part)))
    return { name, tried, share: tried === 0 ? 1 : caught / tried }
  })

function section(of: Of, title: string, kinds: readonly Kind[]): string[] {
  const own = kinds.filter((kind) => kind.of === of)
  if (own.length === 0) return []
  const { same } = sum(own)
  const weak = grouped(own, ({ part, field }) => `${part} ${field}`).filter(([, items]) =>
    items.some(({ survivors }) => survivors.length > 0),
  )
  return [
    `${title}${same > 0 ? ` (${number(same)} more give the same graph and no message: nothing is there to catch)` : ''}`,
    '',
    table([
      ['', ...HEAD],
      ...grouped(own, ({ part }) => part).map(([part, items]) => row(part, items)),
      row('all', own),
    ]),
    '',
    table([
      ['by kind of change', ...HEAD],
      ...grouped(own, ({ change }) => change).map(([change, items]) => row(change, items)),
    ]),
    '',
    ...(weak.length > 0
      ? [table([['where some survive', ...HEAD], ...weak.map(([name, items]) => row(name, items))]), '']
      : []),
  ]
}

/** The report for people. */
export function asText({ article, kinds, open, explanations }: Score): string {
  const explained = explanations.map((note) => {
    const count = kinds.filter((kind) => speaksOf(note, kind)).reduce((n, { survivors }) => n + survivors.length, 0)
    const list = (words: string | string[]): string => (Array.isArray(words) ? words.join(', ') : words)
    return `${count} × ${note.of} ${list(note.part)} · ${list(note.field)} · ${list(note.change)}\n    ${note.why.trim()}`
  })
  const goals = goalsOf(kinds)
    .filter(({ tried }) => tried > 0)
    .map(
      ({ name, share: value, tried }) =>
        `${name} ${(Math.floor(10_000 * value) / 100).toFixed(2)} % of ${number(tried)}${value < GOAL ? ' (missed)' : ''}`,
    )
  return [
    `Article ${article}`,
    '',
    ...section('triple', 'Triples of the graph, by the class of the subject', kinds),
    ...section('field', 'Fields of the annotations and the register', kinds),
    ...(goals.length > 0
      ? [`Goal: ${GOAL * 100} % of the triples of claims, events, alignments and mentions: ${goals.join(' · ')}`, '']
      : []),
    ...(explained.length > 0 ? ['Survivors that are explained', ...explained, ''] : []),
    ...(open.length > 0
      ? [`Survivors that nobody has explained (${open.length})`, ...open, '']
      : ['Every survivor is explained.', '']),
  ].join('\n')
}

/** The report for programs: every kind with its survivors, the goals, and what is open. */
export const asJson = ({ article, kinds, open }: Score): string =>
  JSON.stringify({ article, goals: goalsOf(kinds), kinds, open }, null, 2)
