/** How many inputs the properties of all suites generate in an ordinary run: no fewer than were promised. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../sample-desk.ts'

test('at least 10,000 inputs are generated, each through runs(), so that `npm run fuzz` can make more of them', () => {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.ts'),
  )
  const counts = files.flatMap((file) =>
    [...readFileSync(join(ROOT, 'test', file), 'utf8').matchAll(/numRuns: (?:runs\((\d+)\)|(\w+))/g)].map(
      ([, count, other]) => ({ file, count: Number(count ?? Number.NaN), other }),
    ),
  )
  expect(counts.filter(({ other }) => other !== undefined && other !== 'KILLS')).toEqual([])
  const sum = counts.reduce((all, { count }) => all + (Number.isNaN(count) ? 0 : count), 0)
  expect(sum).toBeGreaterThanOrEqual(10_000)
})
