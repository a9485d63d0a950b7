/** Files of any size, line by line. */
import { codeOf, inTime, READ_SECONDS, reasonOf, unreadable, withPlainFile } from './io.ts'
import type { Problem } from './model/problem.ts'

const NEWLINE = 0x0a

/**
 * Hands the lines of a plain file to `work`, one after the other, whatever the file's size. A line of more than `limit`
 * bytes, or that is not UTF-8, comes as undefined. Each part of the file is waited for a minute at most. Gives back the problem if the file cannot be read to its end:
 * `file-missing`, `file-unreadable`.
 */
export async function linesOf(
  file: string,
  limit: number,
  work: (line: string | undefined) => void,
): Promise<Problem | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let parts: Buffer[] = []
  let length = 0
  const add = (bytes: Buffer): void => {
    length += bytes.length
    if (length <= limit) parts.push(Buffer.from(bytes))
  }
  const end = (): void => {
    let line: string | undefined
    try {
      line = length > limit ? undefined : decoder.decode(Buffer.concat(parts)).replace(/\r$/, '')
    } catch {
      line = undefined
    }
    parts = []
    length = 0
    work(line)
  }
  try {
    const read = await withPlainFile(file, async (handle) => {
      const buffer = Buffer.alloc(256 * 1024)
      for (;;) {
        const { bytesRead } = await inTime(READ_SECONDS, handle.read(buffer, 0, buffer.length))
        if (bytesRead === 0) break
        let from = 0
        for (let at = buffer.indexOf(NEWLINE); at >= 0 && at < bytesRead; at = buffer.indexOf(NEWLINE, from)) {
          add(buffer.subarray(from, at))
          end()
          from = at + 1
        }
        add(buffer.subarray(from, bytesRead))
      }
      if (length > 0) end()
      return true
    })
    return read ? undefined : unreadable('file-unreadable', file, `${file} is not a file.`, 'Name a plain text file.')
  } catch (error) {
    const code = codeOf(error) === 'ENOENT' ? 'file-missing' : 'file-unreadable'
    return unreadable(code, file, `${file} cannot be read: ${reasonOf(error)}.`, 'Check its name and its permissions.')
  }
}
