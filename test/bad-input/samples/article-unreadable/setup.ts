import { execFileSync } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const NOBODY = 65534

/** Root reads whatever the permissions forbid, so that root has to become somebody else for a while. */
export default async (desk: string) => {
  if (process.platform === 'win32') return { skip: 'permissions are another matter here' }
  const file = join(desk, 'source/articles/ferry-note/article.txt')
  const root = process.geteuid?.() === 0
  if (root) {
    execFileSync('chmod', ['-R', 'a+rwX', desk])
    await chmod(dirname(desk), 0o755)
  }
  await chmod(file, 0)
  if (root) process.seteuid?.(NOBODY)
  return async () => {
    if (root) process.seteuid?.(0)
    await chmod(file, 0o644)
  }
}
