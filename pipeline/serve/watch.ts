/** Watches the dataset and calls back when it may have changed. */
import { basename, dirname, join } from 'node:path'

/** Milliseconds without a change after which a file is taken to be written. */
const SETTLE = 150

/** Watches one file, which may be replaced, removed and made again; gives back what ends it. */
export async function watchFile(folder: string, file: string, changed: () => void): Promise<() => Promise<void>> {
  const { watch } = await import('chokidar')
  // The folder, not the file: a build replaces the file by renaming.
  const watcher = watch(join(folder, dirname(file)), { ignoreInitial: true, depth: 0 })
  let timer: NodeJS.Timeout | undefined
  watcher.on('all', (_, path) => {
    if (basename(path) !== basename(file)) return
    clearTimeout(timer)
    timer = setTimeout(changed, SETTLE)
  })
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return async () => {
    clearTimeout(timer)
    await watcher.close()
  }
}
