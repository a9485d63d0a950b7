/** The README's excerpts stand in the real files, its last line is the build's, and its commands do what it shows. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installIn, patternOf, ROOT, shell, stepsOf } from './console.ts'

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
const scratch = mkdtempSync(join(tmpdir(), 'newsgraph-readme-'))
const desk = join(scratch, 'clone')

beforeAll(() => {
  installIn(scratch)
  mkdirSync(desk)
  for (const folder of ['source', 'ontology', 'out'])
    cpSync(join(ROOT, folder), join(desk, folder), { recursive: true })
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const fenced = (language: string): string[] => {
  const [, block] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme) ?? []
  expect(block, `a block of ${language}`).toBeDefined()
  return (block ?? '').trimEnd().split('\n')
}
/** The lines from the first line of an excerpt to the end of its block. */
const blockOf = (file: string, first: string): string[] => {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n')
  const start = lines.indexOf(first)
  expect(start, first).toBeGreaterThanOrEqual(0)
  return lines.slice(start, lines.indexOf('', start))
}
const inOrder = (part: readonly string[], whole: readonly string[]): void => {
  const rest = [...whole]
  for (const line of part) {
    const at = rest.indexOf(line)
    expect(at, line).toBeGreaterThanOrEqual(0)
    rest.splice(0, at + 1)
  }
}

describe('the README', () => {
  test('what you write stands in the annotations', () => {
    const excerpt = fenced('yaml')
    inOrder(excerpt, blockOf('source/articles/taliban-leverage/annotations.yaml', excerpt[0] ?? ''))
  })
  test('what you get stands in the graph', () => {
    const excerpt = fenced('turtle')
    inOrder(excerpt, blockOf('out/taliban-leverage/graph.ttl', excerpt[0] ?? ''))
  })
  test('its last line is the last line of a build', () => {
    const { output } = shell('newsgraph build', desk, scratch)
    expect(output.trimEnd().split('\n').at(-1)).toBe(fenced('text')[0])
  })
  test('its commands do what it shows', () => {
    let cwd = desk
    for (const { command, shown } of stepsOf(readme)) {
      const ran = shell(command, cwd, scratch)
      cwd = ran.cwd
      if (shown.length > 0) expect(ran.output, `$ ${command}`).toMatch(patternOf(shown))
    }
  })
})
