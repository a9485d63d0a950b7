/** The one module that touches files. Everything read is size-limited; everything written is written whole or not at all. */
import { createHash } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { access, mkdir, open, readFile as readBytes, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import type { Code } from './model/codes.ts'
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
  EEXIST: 'a file of that name is in the way',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'its links go in a circle',
}
/** The reason of a failed file operation, in words. */
export const reasonOf = (error: unknown): string => because[codeOf(error)] ?? codeOf(error)

const unreadable = (code: Code, file: string, message: string, hint: string): Problem => ({
  code,
  severity: 'error',
  message,
  hint,
  place: { file },
  unreadable: true,
})

/** Line and column of the first byte that is not UTF-8. */
function firstNotUtf8(bytes: Buffer): { line: number; column: number } {
  const decodes = (length: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true })
      return true
    } catch {
      return false
    }
  }
  let [sound, broken] = [0, bytes.length]
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1
    if (decodes(middle)) sound = middle
    else broken = middle
  }
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, sound), { stream: true })
  const lines = before.split(/\r\n|\n|\r/)
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 }
}

/**
 * Reads a text file of a desk. Problems (all `unreadable`): `file-missing`, `file-unreadable`, `file-too-big`,
 * `file-empty`, `file-not-utf8`. The value is undefined if there is a problem.
 */
export async function readText(
  desk: string,
  file: string,
  limit = FILE_LIMIT,
): Promise<Outcome<SourceFile | undefined>> {
  const fail = (code: Code, message: string, hint: string): Outcome<undefined> => ({
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
      return fail(
        'file-missing',
        `${file} is missing.`,
        /^source\/[^/]*$/.test(file)
          ? 'Create it, or name another desk with --desk.'
          : 'Create it, or correct the name of its folder.',
      )
    return fail('file-unreadable', `${file} cannot be read: ${reasonOf(error)}.`, 'Check its permissions.')
  }
  if (bytes.length === 0) return fail('file-empty', `${file} is empty.`, 'Fill it in, or remove it.')
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { value: { file, text, sha256: createHash('sha256').update(bytes).digest('hex') }, problems: [] }
  } catch {
    const problem = unreadable('file-not-utf8', file, `${file} is not UTF-8.`, 'Save it again as UTF-8.')
    return { value: undefined, problems: [{ ...problem, place: { file, ...firstNotUtf8(bytes) } }] }
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
 * Replaces files in one folder. All are first written beside their old selves and flushed, then renamed one after the
 * other, so that every file stands whole at any moment and a full disk leaves all of them as they were. Files that
 * already hold the same bytes are left alone. Problem: `cannot-write`.
 */
export async function writeFiles(desk: string, folder: string, files: Record<string, string>): Promise<Problem[]> {
  const staged: { path: string; beside: string }[] = []
  let current = folder
  try {
    for (const [name, text] of Object.entries(files)) {
      current = `${folder}/${name}`
      const path = join(desk, folder, name)
      await mkdir(dirname(path), { recursive: true })
      const same = await readBytes(path, 'utf8').then(
        (old) => old === text,
        () => false,
      )
      if (same) continue
      const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
      staged.push({ path, beside })
      await writeFile(beside, text, { flush: true })
    }
    for (const { path, beside } of staged) {
      current = relative(desk, path).replaceAll('\\', '/')
      await rename(beside, path)
    }
    return []
  } catch (error) {
    await Promise.all(staged.map(({ beside }) => rm(beside, { force: true }).catch(() => undefined)))
    return [
      unreadable(
        'cannot-write',
        current,
        `${current} cannot be written: ${reasonOf(error)}.`,
        'Make room or give write permission; what stood there still stands.',
      ),
    ]
  }
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
  const fail = (code: Code, message: string, hint: string): Outcome<undefined> => ({
    value: undefined,
    problems: [unreadable(code, 'out/.lock', message, hint)],
  })
  try {
    await mkdir(dirname(path), { recursive: true })
    for (let attempt = 0; ; attempt++) {
      try {
        const handle = await open(path, 'wx')
        try {
          await handle.writeFile(String(process.pid))
        } catch (error) {
          await rm(path, { force: true })
          throw error
        } finally {
          await handle.close()
        }
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
