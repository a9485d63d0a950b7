import { execFileSync } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'

/** Root may write wherever the permissions forbid it, but not into a file system that is read-only. */
export default async (desk: string) => {
  const out = join(desk, 'out')
  if (process.getuid?.() !== 0) {
    await chmod(out, 0o555)
    return () => chmod(out, 0o755)
  }
  try {
    execFileSync('mount', ['--bind', out, out], { stdio: 'ignore' })
    execFileSync('mount', ['-o', 'remount,ro,bind', out], { stdio: 'ignore' })
  } catch {
    return { skip: 'root cannot mount anything here' }
  }
  return async () => {
    execFileSync('umount', [out])
  }
}
