/**
 * Runs the ```console blocks of the pages in docs/commands/, in order, and compares what they show. Each page starts
 * in a folder of its own: an example desk, except the page of `init`, which starts in an empty one.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installIn, patternOf, ROOT, shell, stepsOf } from './console.ts'

const PAGES = join(ROOT, 'docs', 'commands')
const scratch = mkdtempSync(join(tmpdir(), 'newsgraph-docs-'))

beforeAll(() => installIn(scratch))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the pages of docs/commands', () => {
  for (const name of readdirSync(PAGES).filter((file) => file.endsWith('.md')))
    test(name, { timeout: 120_000 }, () => {
      const steps = stepsOf(readFileSync(join(PAGES, name), 'utf8'))
      expect(steps.length).toBeGreaterThan(0)
      let cwd = join(scratch, name.slice(0, -3))
      mkdirSync(cwd)
      if (name !== 'init.md') shell('newsgraph init', cwd, scratch)
      for (const { command, shown } of steps) {
        const ran = shell(command, cwd, scratch)
        cwd = ran.cwd
        if (shown.length > 0) expect(ran.output, `$ ${command}`).toMatch(patternOf(shown))
      }
    })
})
