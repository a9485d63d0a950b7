/** The list of survivors that are explained, and whether it still holds. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Kind } from './score.ts'

const words = z.union([z.string(), z.array(z.string()).min(1)])
const explanation = z.strictObject({
  of: z.enum(['triple', 'field']),
  part: words,
  field: words,
  change: words,
  /** How many may survive: those that were looked at. */
  most: z.number().int().positive(),
  why: z.string().min(20),
})

/** Why the mutants of a kind are no fault that a check should see. Part, field and change may each be several. */
export type Explanation = z.infer<typeof explanation>

/** Reads the list. Throws if an entry has not the form above. */
export const explanationsIn = (path: string): Explanation[] =>
  z.array(explanation).parse(parse(readFileSync(path, 'utf8')) ?? [])

const holds = (listed: string | string[], value: string): boolean =>
  Array.isArray(listed) ? listed.includes(value) : listed === value

/** True if an explanation speaks of a kind of mutants. */
export const speaksOf = (note: Explanation, kind: Pick<Kind, 'of' | 'part' | 'field' | 'change'>): boolean =>
  note.of === kind.of && holds(note.part, kind.part) && holds(note.field, kind.field) && holds(note.change, kind.change)

export const title = ({ of, part, field, change }: Pick<Kind, 'of' | 'part' | 'field' | 'change'>): string =>
  `${of} ${part} ${field}, ${change}`

const one = (listed: string | string[]): string => (Array.isArray(listed) ? listed.join('|') : listed)

/**
 * What is open: survivors of which no explanation speaks, explanations that more mutants survive than were looked at,
 * and, if all mutants were tried, explanations of which none survives any more.
 */
export function unexplained(kinds: readonly Kind[], explanations: readonly Explanation[], complete: boolean): string[] {
  const survived = new Map(explanations.map((note) => [note, 0]))
  const open: string[] = []
  for (const kind of kinds) {
    if (kind.survivors.length === 0) continue
    const note = explanations.find((item) => speaksOf(item, kind))
    if (note) survived.set(note, (survived.get(note) ?? 0) + kind.survivors.length)
    else open.push(...kind.survivors.map((shown) => `${title(kind)}: ${shown}`))
  }
  for (const [note, count] of survived) {
    const name = `${note.of} ${one(note.part)} ${one(note.field)}, ${one(note.change)}`
    if (count > note.most) open.push(`${name}: ${count} survive, and ${note.most} are explained`)
    if (complete && count === 0) open.push(`${name}: none survives any more; take the explanation out`)
  }
  return open
}
