#!/usr/bin/env node
// A clone runs its TypeScript through tsx; a packed newsgraph has no TypeScript and brings JavaScript in dist/.
import { existsSync } from 'node:fs'

const source = new URL('../pipeline/cli.ts', import.meta.url)
if (existsSync(source)) {
  const { register } = await import('tsx/esm/api')
  register()
  const { run } = await import(source.href)
  await run()
} else {
  const { run } = await import(new URL('../dist/cli.js', import.meta.url).href)
  await run()
}
