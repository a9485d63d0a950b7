import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'

export default async (desk: string) => {
  const articles = join(desk, 'source/articles')
  await cp(join(articles, 'open-day'), join(articles, 'Ferry-Note'), { recursive: true })
  const names = await readdir(articles)
  return names.includes('Ferry-Note') && names.includes('ferry-note')
    ? undefined
    : { skip: 'this file system does not tell upper case from lower case' }
}
