/** What `reanchor --json` writes, as docs/schema/reanchor.schema.json says it. */
import { z } from 'zod'
import { jsonSchemaOf, place, problem } from '../messages/report-schema.ts'

const count = z.int().min(0)
const spot = z
  .strictObject({ line: z.int().min(1), start: count, end: count, words: z.string() })
  .describe('A place in a text. start and end count code points, end exclusive.')
const article = z.strictObject({
  article: z.string(),
  file: z.strictObject({ text: z.string(), annotations: z.string() }),
  oldHash: z.string().nullable().describe('SHA-256 of the text that was annotated; null if no annotation says it.'),
  newHash: z.string(),
  from: z.string().describe('Where the old text was found.'),
  counts: z.strictObject({ kept: count, moved: count, ambiguous: count, lost: count }),
  anchors: z.array(
    z.strictObject({
      status: z.enum(['kept', 'moved', 'ambiguous', 'lost']),
      field: z.string().describe('claims.thesis.quote: where it stands in the annotations.'),
      place,
      reworded: z.boolean().describe('Its words were edited.'),
      old: spot.nullable(),
      new: spot.nullable().describe('null if ambiguous or lost.'),
      astray: z
        .int()
        .min(1)
        .nullable()
        .describe('The line where it would be found as it is written, by words that nobody meant.'),
      hints: z
        .array(z.strictObject({ line: z.int().min(1), words: z.string() }))
        .describe('Where it may stand now, for a person to choose from.'),
    }),
  ),
  patch: z.string().describe('A unified diff for git apply; empty if there is nothing to write.'),
  written: z.boolean(),
})

export const reanchorSchema = z.strictObject({
  command: z.literal('reanchor'),
  exitCode: z.int().min(0).max(3),
  problems: z.array(problem),
  articles: z.array(article),
})

/** The schema as JSON Schema 2020-12. */
export const reanchorJsonSchema = (): string =>
  jsonSchemaOf(reanchorSchema, 'reanchor.schema.json', 'What newsgraph reanchor --json writes')
