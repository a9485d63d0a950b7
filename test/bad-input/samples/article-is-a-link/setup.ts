import { rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'

export default async (desk: string): Promise<() => Promise<void>> => {
  const path = join(desk, 'source/articles/ferry-note/article.txt')
  await rm(path)
  await symlink('/etc/passwd', path)
  return () => rm(path)
}
