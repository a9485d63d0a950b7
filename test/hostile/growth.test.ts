/** No reader takes the square of its input, whatever the input is. Ratios of one run are compared, never times. */
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ROOT } from '../sample-desk.ts'

interface Measured {
  name: string
  unit: string
  ratio?: number
}

/** Eight times the text: 8 if the time grows with it, 64 if it grows with its square. */
const MOST = 30

test('eight times a hostile text takes no more than its share', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'test/hostile/growth.ts', '40000'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 290_000,
  })
  expect(stderr).toBe('')
  const lines = stdout.trim().split('\n')
  const measured = lines.map((line): Measured => JSON.parse(line))
  // Ended before its time is up, the last line names what hangs.
  expect(measured.at(-1)).toHaveProperty('ratio')
  expect(measured.filter(({ ratio = 0 }) => ratio > MOST)).toEqual([])
  expect(measured.length).toBeGreaterThan(2000)
}, 300_000)
