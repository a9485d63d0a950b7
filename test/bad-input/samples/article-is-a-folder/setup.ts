import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

export default async (desk: string) => {
  await mkdir(join(desk, 'source/articles/ferry-note/article.txt'))
}
