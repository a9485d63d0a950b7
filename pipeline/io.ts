/** The one module that touches files. Everything read is size-limited; everything written is written whole or not at all. */
import { createHash } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { access, mkdir, open, readFile as readBytes, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { Outcome, Problem } from './model/problem.ts'

/** Largest file that is read, in bytes. */
export const FILE_LIMIT = 8 * 1024 * 1024

export interface SourceFile {
  /** Relative to the desk, with `/`. */
  file: string
  /** The characters of the file; a byte order mark is kept as its first character. */
  text: string
  sha256: string
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error)

const because: Record<string, string> = {
  ENOENT: 'it does not exist',
  EACCES: 'it may not be accessed',
  EPERM: 'it may not be accessed',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'its links go in a circle',
}
/** The reason of a failed file operation, in words. */
export const reasonOf = (error: unknown): string => because[codeOf(error)] ?? codeOf(error)

const unreadable = (code: string, file: string, message: string, hint: string): Problem => ({
  code,
  severity: 'error',
  message,
  hint,
  place: { file },
  unreadable: true,
})

/**
 * Reads a text file of a desk. Problems (all `unreadable`): `file-missing`, `file-unreadable`, `file-too-big`,
 * `file-empty`, `file-not-utf8`. The value is undefined if there is a problem.
 */
export async function readText(
  desk: string,
  file: string,
  limit = FILE_LIMIT,
): Promise<Outcome<SourceFile | undefined>> {
  const fail = (code: string, message: string, hint: string): Outcome<undefined> => ({
    value: undefined,
    problems: [unreadable(code, file, message, hint)],
  })
  let bytes: Buffer
  try {
    const info: Stats = await stat(join(desk, file))
    if (!info.isFile()) return fail('file-unreadable', `${file} is not a file.`, 'Put a plain text file there.')
    if (info.size > limit)
      return fail(
        'file-too-big',
        `${file} has ${info.size} bytes; at most ${limit} are read.`,
        'Split it: one article, one folder.',
      )
    bytes = await readBytes(join(desk, file))
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      return fail('file-missing', `${file} is missing.`, 'Create it, or correct the name of its folder.')
    return fail('file-unreadable', `${file} cannot be read: ${reasonOf(error)}.`, 'Check its permissions.')
  }
  if (bytes.length === 0) return fail('file-empty', `${file} is empty.`, 'Put the text there, or remove the folder.')
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { value: { file, text, sha256: createHash('sha256').update(bytes).digest('hex') }, problems: [] }
  } catch {
    return fail('file-not-utf8', `${file} is not UTF-8.`, 'Save it again as UTF-8.')
  }
}

/** True if there is anything at that path. */
export async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  )
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The names in a folder, sorted; empty if there is no such folder. `folders` or `files` only. */
export async function namesIn(folder: string, kind: 'folders' | 'files'): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => (kind === 'folders' ? entry.isDirectory() || entry.isSymbolicLink() : entry.isFile()))
      .map((entry) => entry.name)
      .sort(byText)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

/**
 * Replaces files in one folder, each through a temporary file beside it, flushed and renamed, so that at any moment
 * every file stands whole. Files that already hold the same bytes are left alone. Problem: `cannot-write`.
 */
export async function writeFiles(desk: string, folder: string, files: Record<string, string>): Promise<Problem[]> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(desk, folder, name)
    try {
      await mkdir(dirname(path), { recursive: true })
      const same = await readBytes(path, 'utf8').then(
        (old) => old === text,
        () => false,
      )
      if (!same) await writeFileAtomic(path, text)
    } catch (error) {
      return [
        unreadable(
          'cannot-write',
          `${folder}/${name}`,
          `${folder}/${name} cannot be written: ${reasonOf(error)}.`,
          'Make room or give write permission; the old file still stands.',
        ),
      ]
    }
  }
  return []
}

/** Removes a file or folder below the desk, if it is there. */
export const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true })

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/**
 * Runs `work` while no other build of this desk runs. `out/.lock` holds the process id; one left behind by a process
 * that is gone is taken over. Problems: `build-running`, `cannot-write`.
 */
export async function withLock<T>(desk: string, work: () => Promise<T>): Promise<Outcome<T | undefined>> {
  const path = join(desk, 'out', '.lock')
  const fail = (code: string, message: string, hint: string): Outcome<undefined> => ({
    value: undefined,
    problems: [unreadable(code, 'out/.lock', message, hint)],
  })
  try {
    await mkdir(dirname(path), { recursive: true })
    for (let attempt = 0; ; attempt++) {
      try {
        const handle = await open(path, 'wx')
        await handle.writeFile(String(process.pid))
        await handle.close()
        break
      } catch (error) {
        if (codeOf(error) !== 'EEXIST' || attempt > 0) throw error
        const holder = Number(await readBytes(path, 'utf8').catch(() => ''))
        if (!Number.isInteger(holder) || holder <= 0 || alive(holder))
          return fail(
            'build-running',
            'Another build of this desk is running.',
            'Wait for it, then build again. If none is running, delete out/.lock.',
          )
        await rm(path, { force: true })
      }
    }
  } catch (error) {
    return fail('cannot-write', `out/ cannot be written: ${reasonOf(error)}.`, 'Make room or give write permission.')
  }
  try {
    return { value: await work(), problems: [] }
  } finally {
    await rm(path, { force: true })
  }
}
