import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export default async (desk: string) => {
  await rm(join(desk, 'out'), { recursive: true })
  await writeFile(join(desk, 'out'), 'mine\n')
}
