/**
 * A real disk that fills up at any point of a build, on a small file system in memory: the files that stand are whole, the
 * old ones or the new ones, the message says what to do, nothing is left lying, and with room the next build mends.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { newsgraph } from '../commands/terminal.ts'
import { ROOT } from '../sample-desk.ts'

const folder = mkdtempSync(join(tmpdir(), 'newsgraph-full-'))
const desk = join(folder, 'desk')
const out = join(desk, 'out')
cpSync(join(ROOT, 'test/bad-input/base'), desk, { recursive: true })
mkdirSync(out)
const mount = (...args: string[]): void => void execFileSync('mount', args, { stdio: 'ignore' })

/** Why there is no small file system; undefined if there is one. */
const lacking = ((): string | undefined => {
  try {
    mount('-t', 'tmpfs', '-o', 'size=4k', 'newsgraph', out)
    execFileSync('umount', [out])
    return undefined
  } catch {
    return 'mounting a small file system needs the rights of root'
  }
})()
const page = 4096

/** Name → text of every file in out/. */
const written = (): Map<string, string> =>
  new Map(
    readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
      .sort()
      .map((name) => [name, readFileSync(join(out, name), 'utf8')]),
  )
const build = () => newsgraph(['build', '--no-check', '--desk', desk])
const ENTITIES = join(desk, 'source/entities.yaml')
const first = readFileSync(ENTITIES, 'utf8')
const change = (name: string): void => writeFileSync(ENTITIES, first.replace('label: Northline', `label: ${name}`))

let mounted = false
afterAll(() => {
  if (mounted) execFileSync('umount', [out])
  rmSync(folder, { recursive: true, force: true })
})

test.skipIf(lacking !== undefined)(
  `a disk that fills up while a build writes${lacking === undefined ? '' : ` (skipped: ${lacking})`}`,
  { timeout: 300_000 },
  async () => {
    mount('-t', 'tmpfs', '-o', 'size=4m', 'newsgraph', out)
    mounted = true
    expect((await build()).code).toBe(0)
    const old = written()
    const used = Number(
      /(\d+)\s+\d+\s+\d+%/.exec(execFileSync('df', ['--block-size=1', out], { encoding: 'utf8' }))?.[1],
    )
    change('Northline Ferries')
    let refused = 0
    let now: Map<string, string> | undefined
    for (let pages = 1; now === undefined && pages < used / page + 20; pages++) {
      mount('-o', `remount,size=${used + pages * page}`, out)
      const { code, err } = await build()
      const found = written()
      if (code === 0) {
        now = found
        continue
      }
      refused++
      expect([pages, code]).toEqual([pages, 3])
      expect(err).toContain('cannot-write')
      expect(err).toContain('Make room')
      expect(err).not.toMatch(/^\s+at /m)
      expect([pages, [...found.keys()]]).toEqual([pages, [...old.keys()]])
      // An article is all old or all new.
      for (const article of ['ferry-note', 'open-day']) {
        const files = [...found].filter(([name]) => name.startsWith(`${article}/`))
        const kept = files.filter(([name, text]) => text === old.get(name)).length
        expect([pages, article, kept === files.length || kept === 0]).toEqual([pages, article, true])
      }
    }
    expect(refused).toBeGreaterThan(3)
    mount('-o', 'remount,size=4m', out)
    expect((await build()).code).toBe(0)
    const mended = written()
    // With room for everything twice at the latest, it had been built before.
    expect([...(now ?? [])]).toEqual([...mended])
    expect([...mended.values()].join()).not.toBe([...old.values()].join())
    process.stderr.write(`the disk was full in ${refused} builds\n`)
  },
)
