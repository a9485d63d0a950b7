/** JSON for people: two spaces, and short things on one line. */
export type Json = string | number | boolean | null | Json[] | ReadonlyMap<string, Json>

const WIDTH = 120

/** Turns parsed JSON into values that keep the order of their keys. */
export const fromParsed = (value: unknown): Json => {
  if (Array.isArray(value)) return value.map(fromParsed)
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([key, inner]) => [key, fromParsed(inner)]))
  return value as string | number | boolean | null
}

const isMap = (value: Json): value is ReadonlyMap<string, Json> => value instanceof Map
const isScalar = (value: Json): boolean => !Array.isArray(value) && !isMap(value)

/** True for what reads well on one line: a list of plain values, a single pair, or pairs with keywords as keys. */
const isSmall = (value: ReadonlyMap<string, Json> | Json[]): boolean => {
  if (Array.isArray(value)) return value.every(isScalar)
  const keys = [...value.keys()]
  return (
    (keys.length === 1 || keys.every((key) => key.startsWith('@'))) &&
    [...value.values()].every((inner) => isScalar(inner) || (Array.isArray(inner) && isSmall(inner)))
  )
}

const oneLine = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (!isMap(value)) return JSON.stringify(value)
  if (value.size === 0) return '{}'
  return `{ ${[...value].map(([key, inner]) => `${JSON.stringify(key)}: ${oneLine(inner)}`).join(', ')} }`
}

/** Writes a value; `lead` is the number of columns taken on its first line. */
export const printJson = (value: Json, indent = '', lead = indent.length): string => {
  if (!Array.isArray(value) && !isMap(value)) return JSON.stringify(value)
  if (isSmall(value)) {
    const line = oneLine(value)
    if (lead + line.length + 1 <= WIDTH) return line
  }
  const deeper = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((inner) => deeper + printJson(inner, deeper))
    : [...value].map(([key, inner]) => {
        const name = `${deeper}${JSON.stringify(key)}: `
        return name + printJson(inner, deeper, name.length)
      })
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`
}
