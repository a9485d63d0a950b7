/**
 * Runs the ```console blocks of the pages in docs/commands/, in order, and compares what they show. Each page starts
 * in a folder of its own: an example desk, except the page of `init`, which starts in an empty one. In shown output a
 * line `…` stands for any lines, and `…` in a line for any text.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PAGES = join(ROOT, 'docs', 'commands')
const scratch = mkdtempSync(join(tmpdir(), 'newsgraph-docs-'))

interface Step {
  command: string
  shown: string[]
}

function stepsOf(page: string): Step[] {
  const steps: Step[] = []
  for (const [, block = ''] of page.matchAll(/^```console\n([\s\S]*?)^```$/gm))
    for (const line of block.split('\n').slice(0, -1)) {
      if (line.startsWith('$ ')) steps.push({ command: line.slice(2), shown: [] })
      else steps.at(-1)?.shown.push(line)
    }
  return steps
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const patternOf = (shown: readonly string[]): RegExp =>
  new RegExp(
    `^${shown.map((line) => (line === '…' ? '(?:.*\\n)*?' : `${escaped(line).replaceAll('…', '.*')}\\n`)).join('')}$`,
  )

function shell(command: string, cwd: string): { output: string; cwd: string } {
  const { stdout } = spawnSync('sh', ['-c', `exec 2>&1\n${command}\nprintf '\\n@@%s' "$PWD"`], {
    cwd,
    encoding: 'utf8',
    env: { PATH: `${join(scratch, 'bin')}:${process.env.PATH}`, HOME: scratch, NO_COLOR: '1', LC_ALL: 'C.UTF-8' },
  })
  const end = stdout.lastIndexOf('\n@@')
  return { output: stdout.slice(0, end), cwd: stdout.slice(end + 3) }
}

beforeAll(() => {
  mkdirSync(join(scratch, 'bin'))
  const program = join(scratch, 'bin', 'newsgraph')
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'bin', 'newsgraph.js')}' "$@"\n`)
  chmodSync(program, 0o755)
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the pages of docs/commands', () => {
  for (const name of readdirSync(PAGES).filter((file) => file.endsWith('.md')))
    test(name, { timeout: 120_000 }, () => {
      const steps = stepsOf(readFileSync(join(PAGES, name), 'utf8'))
      expect(steps.length).toBeGreaterThan(0)
      let cwd = join(scratch, name.slice(0, -3))
      mkdirSync(cwd)
      if (name !== 'init.md') shell('newsgraph init', cwd)
      for (const { command, shown } of steps) {
        const ran = shell(command, cwd)
        cwd = ran.cwd
        if (shown.length > 0) expect(ran.output, `$ ${command}`).toMatch(patternOf(shown))
      }
    })
})
