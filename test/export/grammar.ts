/**
 * Commands of QuickStatements, version 1, as Help:QuickStatements on Wikidata describes them: enough of a reader to hold
 * what is written to it. Columns are told apart by tabs, or by `|` in a text without tabs; commands by line ends.
 */

export interface Command {
  subject: string
  property: string
  value: string
  qualifiers: [property: string, value: string][]
  references: [property: string, value: string][][]
}

const ENTITY = /^([QPM][1-9]\d*|L[1-9]\d*(-[FS][1-9]\d*)?|LAST)$/
/** A number, bounds or tolerance, and a unit. */
const NUMBER = '[+-]?\\d+(\\.\\d+)?'
const VALUES: Record<string, RegExp> = {
  entity: ENTITY,
  special: /^(somevalue|novalue)$/,
  string: /^"([^\t\n]*)"$/,
  monolingual: /^[a-z_-]+:"([^\t\n]*)"$/,
  time: /^[+-]\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\dZ\/([0-9]|1[0-4])(\/J)?$/,
  coordinates: new RegExp(`^@${NUMBER}/${NUMBER}$`),
  quantity: new RegExp(`^${NUMBER}(~${NUMBER}|\\[${NUMBER},${NUMBER}\\])?(U\\d+)?$`),
}
const TEXTS = /^([LDA])([a-z_-]+)$|^S([a-z]+wiki\w*)$/

/** Of which kind a value is; undefined if it is none. */
export const kindOf = (value: string): string | undefined =>
  Object.entries(VALUES).find(([, form]) => form.test(value))?.[0]

/** One command, or what is wrong with it in words. `CREATE` and labels have no statement and give back null. */
export function read(line: string): Command | null | string {
  const columns = (line.includes('\t') ? line.split('\t') : line.split('|')).map((column) => column.trim())
  const [subject = '', property = '', value = '', ...rest] = columns
  if (columns.length === 1 && subject === 'CREATE') return null
  if (!ENTITY.test(subject.replace(/^-/, ''))) return `no entity: ${subject}`
  if (TEXTS.test(property)) return /^"[^\t\n]*"$/.test(value) && rest.length === 0 ? null : `no text: ${value}`
  if (!/^P[1-9]\d*$/.test(property)) return `no property: ${property}`
  if (kindOf(value) === undefined) return `no value: ${value}`
  if (rest.length % 2 === 1) return 'a column is left over'
  const command: Command = { subject, property, value, qualifiers: [], references: [] }
  for (let i = 0; i < rest.length; i += 2) {
    const [name = '', said = ''] = rest.slice(i, i + 2)
    if (kindOf(said) === undefined) return `no value: ${said}`
    if (/^P[1-9]\d*$/.test(name)) {
      if (command.references.length > 0) return 'a qualifier after a reference'
      command.qualifiers.push([name, said])
      continue
    }
    if (!/^!?S[1-9]\d*$/.test(name)) return `no property: ${name}`
    if (name.startsWith('!') || command.references.length === 0) command.references.push([])
    command.references.at(-1)?.push([name.replace(/^!?S/, 'P'), said])
  }
  return command
}
