/**
 * A build is killed with -9 at moments over its whole life, writes included: every file stands whole, the old one or the
 * new one, and the next build mends. `NEWSGRAPH_KILLS` says how often (50 unless said otherwise), `NEWSGRAPH_SEED` when.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from '../../pipeline/pipeline.ts'
import { ROOT } from '../sample-desk.ts'

const KILLS = Number(process.env.NEWSGRAPH_KILLS ?? 50)
const SEED = Number(process.env.NEWSGRAPH_SEED ?? 20261125)
const folder = mkdtempSync(join(tmpdir(), 'newsgraph-kill-'))
const desk = join(folder, 'desk')
const ENTITIES = join(desk, 'source/entities.yaml')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Name → text of every file in out/. */
const written = (): Map<string, string> =>
  new Map(
    readdirSync(join(desk, 'out'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(desk, 'out').length + 1))
      .sort()
      .map((name) => [name, readFileSync(join(desk, 'out', name), 'utf8')]),
  )
const states: Map<string, string>[] = []
const sources: string[] = []
/** Puts the desk's sources into one of two states, of which every output file differs. */
const change = (state: number): void => writeFileSync(ENTITIES, sources[state] ?? '')

beforeAll(async () => {
  cpSync(join(ROOT, 'test/bad-input/base'), desk, { recursive: true })
  const first = readFileSync(ENTITIES, 'utf8')
  sources.push(first, first.replace('label: Northline', 'label: Northline Ferries'))
  for (const state of [0, 1]) {
    change(state)
    expect((await build(desk, { check: false })).problems).toEqual([])
    states.push(written())
  }
  for (const name of states[0]?.keys() ?? [])
    if (!name.startsWith('open-day')) expect([name, states[1]?.get(name)]).not.toEqual([name, states[0]?.get(name)])
})

/** Runs a build in a process of its own that is killed after some milliseconds of writing or before; true if it was. */
const killed = (milliseconds: number, whenWriting: boolean, onBegun = (): void => {}): Promise<boolean> =>
  new Promise((settle) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/faults/builder.ts', desk], { cwd: ROOT })
    let timer: NodeJS.Timeout | undefined
    const kill = (): void => {
      timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
    }
    child.stdout.once('data', onBegun)
    if (whenWriting) child.stdout.once('data', kill)
    else kill()
    child.on('close', (_code, signal) => {
      clearTimeout(timer)
      settle(signal === 'SIGKILL')
    })
  })

test(`killed ${KILLS} times, every file stands whole and the next build mends (NEWSGRAPH_SEED=${SEED})`, async () => {
  const moments = fc.sample(fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), early: fc.nat(9) }), {
    numRuns: KILLS,
    seed: SEED,
  })
  // One build that lives says how long a build takes here and now.
  const begun = performance.now()
  let writing = 0
  change(0)
  await killed(60_000, true, () => {
    writing = performance.now() - begun
  })
  const [before, whole] = [writing, performance.now() - begun - writing]
  change(1)
  expect((await build(desk, { check: false })).problems).toEqual([])
  let hits = 0
  let unfinished = 0
  let state = 1
  for (const [i, { share, early }] of moments.entries()) {
    const [old, now] = [states[state], states[1 - state]]
    state = 1 - state
    change(state)
    // One in ten before anything is written, the others from the first word of the builder on.
    if (await killed(early === 0 ? share * before : share * whole, early !== 0)) hits++
    const found = written()
    for (const [name, text] of found) {
      if (/(^|\/)\.[^/]*(\.tmp|\.lock)$|(^|\/)\.lock$/.test(name)) {
        unfinished++
        continue
      }
      expect([i, name, text === old?.get(name) || text === now?.get(name)]).toEqual([i, name, true])
    }
    for (const name of old?.keys() ?? []) expect([i, found.has(name) && name]).toEqual([i, name])
    expect((await build(desk, { check: false })).problems).toEqual([])
    expect([i, [...written()]]).toEqual([i, [...(now ?? [])]])
  }
  process.stderr.write(
    `${hits} of ${KILLS} builds were killed; ${unfinished} temporary files and locks were left and cleared\n`,
  )
  expect(hits).toBeGreaterThan(KILLS / 4)
}, 3_600_000)
