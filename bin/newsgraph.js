#!/usr/bin/env node
// A packed newsgraph brings its JavaScript in dist/; a clone runs its TypeScript through tsx.
import { existsSync } from 'node:fs'

const compiled = new URL('../dist/cli.js', import.meta.url)
if (existsSync(compiled)) {
  const { run } = await import(compiled.href)
  await run()
} else {
  const { register } = await import('tsx/esm/api')
  register()
  const { run } = await import(new URL('../pipeline/cli.ts', import.meta.url).href)
  await run()
}
