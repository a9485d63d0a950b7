import { spawnSync } from 'node:child_process'
import { type Artifact, cached } from './fetched.ts'
import { INSTALL } from './store.ts'

/** What is missing to run these files: a Java of at least 17, or the files themselves. */
export const missingJava = (...artifacts: readonly Artifact[]): string | undefined => {
  const { stderr = '' } = spawnSync('java', ['-version'], { encoding: 'utf8' })
  const version = Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0)
  if (version < 17) return 'Java 17 or later'
  return artifacts.every(cached) ? undefined : `files from Maven Central: ${INSTALL}`
}

/** The path of a file that `missingJava` found. */
export const jar = (artifact: Artifact): string => {
  const file = cached(artifact)
  if (file === undefined) throw new Error(`${artifact} is not in the cache: ${INSTALL}`)
  return file
}
