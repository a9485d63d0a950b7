import { truncate } from 'node:fs/promises'
import { join } from 'node:path'

export default (desk: string) => truncate(join(desk, 'source/articles/ferry-note/article.txt'), 50 * 1024 * 1024)
