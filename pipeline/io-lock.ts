/** One build of a desk at a time: the lock `out/.lock`. */
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { alive, besideOf, clearLeftovers, codeOf, outsideDesk, reasonOf, smallFile, unreadable } from './io.ts'
import type { Code } from './model/codes.ts'
import type { Outcome } from './model/problem.ts'

/**
 * Makes the lock with the process id in it, at once: a build that is killed meanwhile leaves no lock of nobody. Throws
 * EEXIST if there is one.
 */
async function takeLock(path: string): Promise<void> {
  const beside = besideOf(path)
  await clearLeftovers(path)
  try {
    await rm(beside, { force: true })
    await writeFile(beside, String(process.pid), { flag: 'wx' })
    await link(beside, path).catch(async (error) => {
      // Some file systems know no second name of a file.
      if (!/^(EPERM|ENOTSUP|ENOSYS|EOPNOTSUPP)$/.test(codeOf(error))) throw error
      await writeFile(path, String(process.pid), { flag: 'wx' })
    })
  } finally {
    await rm(beside, { force: true })
  }
}

/** How often a lock of nobody is taken over before another build is believed to be faster. */
const TAKEOVERS = 5

/** Removes the lock of a process that is gone. If another build has replaced it meanwhile, that one keeps its own. */
async function dropLock(path: string, holder: number): Promise<void> {
  const aside = besideOf(path)
  await rename(path, aside).catch((error) => {
    if (codeOf(error) !== 'ENOENT') throw error
  })
  const held = await smallFile(aside, 32)
  if (held && held.toString('utf8') !== String(holder)) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

/**
 * Runs `work` while no other build of this desk runs. `out/.lock` holds the process id; one left behind by a process
 * that is gone is taken over. Problems: `build-running`, `cannot-write`, `path-outside-desk`.
 */
export async function withLock<T>(desk: string, work: () => Promise<T>): Promise<Outcome<T | undefined>> {
  const path = join(desk, 'out', '.lock')
  const fail = (code: Code, message: string, hint: string): Outcome<undefined> => ({
    value: undefined,
    problems: [unreadable(code, 'out/.lock', message, hint)],
  })
  try {
    const left = await outsideDesk(desk, 'out')
    if (left) return { value: undefined, problems: [left] }
    await mkdir(dirname(path), { recursive: true })
    for (let attempt = 0; ; attempt++) {
      try {
        await takeLock(path)
        break
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error
        const holder = Number((await smallFile(path, 32))?.toString('utf8'))
        if (!Number.isInteger(holder) || holder <= 0 || alive(holder) || attempt > TAKEOVERS)
          return fail(
            'build-running',
            'Another build of this desk is running.',
            'Wait for it, then build again. If none is running, delete out/.lock.',
          )
        await dropLock(path, holder)
      }
    }
  } catch (error) {
    const hint = 'Make room, give write permission, or move away what is in the way.'
    return {
      value: undefined,
      problems: [unreadable('cannot-write', 'out', `out/ cannot be written: ${reasonOf(error)}.`, hint)],
    }
  }
  try {
    return { value: await work(), problems: [] }
  } finally {
    await rm(path, { force: true })
  }
}
