/** The text that was annotated: without it nobody knows which words were meant. */
import { createHash } from 'node:crypto'
import { repositoryOf, versionsOf } from '../git.ts'
import { readText, type SourceFile } from '../io.ts'
import type { Outcome, Problem } from '../model/problem.ts'

export interface OldText {
  source: SourceFile
  /** In words: “source/articles/x/article.txt”, “commit 1a2b3c”. */
  from: string
}

const missing = (message: string, hint: string, file: string): Problem => ({
  code: 'old-text-missing',
  severity: 'error',
  message,
  hint,
  place: { file },
  unreadable: true,
})

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The text with the SHA-256 that the annotations name: in the file that is named, in `article.txt` itself if it was not
 * replaced yet, or in the history that git keeps. Problem: `old-text-missing`, and those of reading a file.
 */
export async function oldTextOf(
  desk: string,
  slug: string,
  sha256: string | undefined,
  { named, current, replaced }: { named?: string | undefined; current: SourceFile | undefined; replaced: boolean },
): Promise<Outcome<OldText | undefined>> {
  const file = `source/articles/${slug}/article.txt`
  const none = (problem: Problem): Outcome<undefined> => ({ value: undefined, problems: [problem] })
  if (named !== undefined) {
    const read = await readText('', named)
    if (!read.value) return { value: undefined, problems: read.problems }
    if (sha256 !== undefined && read.value.sha256 !== sha256)
      return none(
        missing(
          `${named} is not the text that was annotated: its SHA-256 is ${read.value.sha256}.`,
          `The annotations name ${sha256}.`,
          named,
        ),
      )
    return { value: { source: { ...read.value, file }, from: named }, problems: [] }
  }
  if (current && (current.sha256 === sha256 || (sha256 === undefined && replaced)))
    return { value: { source: current, from: file }, problems: [] }
  if (sha256 === undefined)
    return none(
      missing(
        'The annotations do not say which text was annotated: article has no sha256.',
        'Name the old text with --old FILE; or leave it in place and name the new one with --text FILE.',
        file,
      ),
    )
  const repository = await repositoryOf(desk)
  if (repository.value)
    for await (const { commit, bytes } of versionsOf(repository.value, file)) {
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) continue
      const source = { file, text: DECODER.decode(bytes), sha256 }
      return { value: { source, from: `commit ${commit.slice(0, 10)}` }, problems: [] }
    }
  const why = repository.value
    ? 'git keeps no version of it with that SHA-256 on this branch'
    : (repository.problems[0]?.message ?? '').replace(/\.$/, '').replace(/^The/, 'the')
  return none(
    missing(
      `The text that was annotated (SHA-256 ${sha256.slice(0, 12)}…) cannot be had: ${why}.`,
      'Name a copy of it with --old FILE. In a shallow clone: git fetch --unshallow.',
      file,
    ),
  )
}
