/** `npm run fuzz`, which people run by hand: that it starts, passes on what it is told, and says what it was told wrongly. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../sample-desk.ts'

const fuzz = (...words: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [join(ROOT, 'test/fuzz/fuzz.mjs'), ...words], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })

describe('npm run fuzz', () => {
  it('tries the properties of a file with the seed that it is given', () => {
    const { status, stdout, stderr } = fuzz('--seed', '7', '--runs', '2', 'write/term.test.ts')
    expect(stderr).toContain('the same again: npm run fuzz -- --seed 7 --runs 2 write/term.test.ts')
    expect(stdout).toMatch(/Test Files +1 passed/)
    expect(status).toBe(0)
  })

  it.each([
    [['--help'], 0, ''],
    [['--seed', 'x'], 2, '--seed takes a whole number, not “x”'],
    [['--runs', '0'], 2, '--runs takes a whole number from 1 on, not “0”'],
    [['--run', '3'], 2, "Unknown option '--run'"],
    [['no-such-file'], 2, 'none of these holds a property: no-such-file'],
  ])('%j', (words, status, message) => {
    const got = fuzz(...words)
    expect(got.stderr).toContain(message)
    expect(got.stdout + got.stderr).toContain('npm run fuzz -- [--seed N] [--runs N] [FILE…]')
    expect(got.status).toBe(status)
  })
})
