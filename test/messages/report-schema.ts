/** What `build --json` and `check --json` write, as docs/schema/report.schema.json says it. */
import { z } from 'zod'

export const place = z
  .strictObject({
    file: z.string().describe('Path from the desk’s folder, with / on every platform.'),
    line: z.int().min(1).optional(),
    column: z.int().min(1).optional().describe('In Unicode code points, from 1.'),
  })
  .describe('A place in a source file.')
const mark = z.strictObject({ start: z.int().min(0), end: z.int().min(0), words: z.string() })
const passage = z
  .strictObject({
    place,
    sentence: z.int().min(1).optional().describe('The sentence’s number.'),
    start: z.int().min(0),
    end: z.int().min(0),
    text: z.string(),
    marks: z.array(mark).describe('The words that are meant.'),
  })
  .describe('A sentence of the article. start and end count code points of the article’s text, end exclusive.')
export const problem = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .describe('Permanent; docs/messages/README.md lists all.'),
  severity: z.enum(['error', 'warning']),
  message: z.string().describe('For people; several lines where several things are wrong on one spot.'),
  hint: z.string().optional().describe('What to do.'),
  place: place.optional(),
  also: z.array(place).optional().describe('Where else the same is wrong for the same cause.'),
  sentence: passage.optional(),
  test: z
    .strictObject({ kind: z.enum(['shape', 'rule']), name: z.string(), article: z.string() })
    .optional()
    .describe('The shape or rule that found it.'),
  unreadable: z.boolean().describe('True for what could not be read or written at all: exit code 3.'),
})
const row = z.record(z.string(), z.string())
const difference = z.strictObject({
  kind: z.enum(['missing', 'unexpected', 'changed', 'order']),
  row: row.describe('The expected row; for an unexpected one, the row found.'),
  found: row.optional(),
  columns: z.array(z.string()).optional().describe('The columns that differ.'),
  place: place.optional().describe('The line of the expected row; for an unexpected one, the annotation behind it.'),
  source: place.optional().describe('The annotation behind the row found, or behind what a missing row names.'),
})
const evidence = z.strictObject({
  columns: z.array(z.string()),
  node: z.string(),
  iri: z.string(),
  place: place.optional(),
  passages: z.array(passage),
})
const question = z.strictObject({
  name: z.string(),
  question: z.string(),
  scope: z.enum(['article', 'desk']),
  article: z.string().nullable(),
  status: z.enum(['as-expected', 'differs', 'shown', 'failed']),
  columns: z.array(z.string()),
  rows: z.array(row),
  expected: z.int().min(0).nullable(),
  differences: z.array(difference),
  place: place.describe('Where the expected rows stand, or would stand.'),
  evidence: z.array(z.array(evidence)).optional().describe('With --evidence.'),
})
const count = z.int().min(0)
const exitCode = z.int().min(0).max(3)
const article = z.strictObject({
  slug: z.string(),
  written: z.boolean().describe('False if an error kept the old output in place.'),
  entities: count,
  events: count,
  claims: count,
  reported: count,
  triples: count,
})
const updated = z.strictObject({ file: z.string(), added: count, removed: count })

export const reportSchema = z.union([
  z.strictObject({
    command: z.literal('build'),
    exitCode,
    problems: z.array(problem).describe('The one to mend first comes first.'),
    articles: z.array(article),
    check: z.strictObject({ questions: z.array(question), violations: count }).nullable(),
  }),
  z.strictObject({
    command: z.literal('check'),
    exitCode,
    problems: z.array(problem),
    questions: z.array(question),
    violations: count,
    updated: z.array(updated),
  }),
])

/** A schema as JSON Schema 2020-12. Programs should allow for keys that are added later. */
export function jsonSchemaOf(schema: z.ZodType, name: string, title: string): string {
  const json = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
    },
  })
  const head = { $schema: json.$schema, $id: `https://w3id.org/newsgraph/schema/${name}`, title }
  return `${JSON.stringify({ ...head, ...json }, null, 2)}\n`
}

export const reportJsonSchema = (): string =>
  jsonSchemaOf(reportSchema, 'report.schema.json', 'What newsgraph build --json and newsgraph check --json write')
