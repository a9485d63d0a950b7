/** `npm run fuzz -- [--seed N] [--runs N]`: every property, N times as often as in the tests (10 unless said otherwise). */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { seed: { type: 'string' }, runs: { type: 'string', default: '10' } } })
for (const [name, value] of Object.entries(values))
  if (!/^-?\d+$/.test(value)) throw new Error(`--${name} ${value} is not a whole number`)
const seed = values.seed ?? String((Math.random() * 2 ** 31) | 0)
process.stderr.write(`the same again: npm run fuzz -- --seed ${seed} --runs ${values.runs}\n`)
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && readFileSync(`test/${name}`, 'utf8').includes('fc.assert('))
  .map((name) => `test/${name}`)
const vitest = fileURLToPath(import.meta.resolve('vitest/vitest.mjs'))
const { status } = spawnSync(process.execPath, [vitest, 'run', '--testTimeout=86400000', ...files], {
  stdio: 'inherit',
  env: { ...process.env, NEWSGRAPH_SEED: seed, NEWSGRAPH_RUNS: values.runs },
})
process.exit(status ?? 1)
