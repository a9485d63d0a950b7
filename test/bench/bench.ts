/**
 * `npm run bench`: CPU time of whole processes, as ratios from one run, so that they hold on a noisy machine. The
 * programs are compiled into a temporary folder first, and run in turn.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROUNDS = 7
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const folder = mkdtempSync(join(tmpdir(), 'newsgraph-bench-'))

interface Measured {
  /** Milliseconds of CPU time, user and system. */
  cpu: number
  asked?: number
}

function measure(args: readonly string[]): Measured {
  const line = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  const { user, system, asked } = JSON.parse(line.trim().split('\n').at(-1) ?? '')
  return { cpu: (user + system) / 1000, asked }
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

function compare(title: string, a: readonly string[], b: readonly string[], goal: number): void {
  const pairs = Array.from({ length: ROUNDS }, () => [measure(a), measure(b)] as const)
  const ratio = median(pairs.map(([x, y]) => x.cpu / y.cpu))
  const [x, y] = [median(pairs.map((pair) => pair[0].cpu)), median(pairs.map((pair) => pair[1].cpu))]
  const word = ratio <= goal ? 'met' : 'missed'
  process.stdout.write(
    `${title}\n  ratio ${ratio.toFixed(2)} (goal: at most ${goal}; ${word}) · medians ${x.toFixed(0)} ms and ${y.toFixed(0)} ms of ${ROUNDS} rounds\n`,
  )
}

try {
  const settings = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { noEmit: false, outDir: folder, rootDir: root },
    include: [join(root, 'pipeline'), join(root, 'test/bench')],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  // Before compiling: the compiler looks for the types of Node beside its settings.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { stdio: 'inherit' })
  cpSync(join(root, 'ontology'), join(folder, 'ontology'), { recursive: true })
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  const program = (name: string): string => join(folder, 'test/bench', name)
  const nothing = ['-e', 'process.stdout.write(JSON.stringify(process.cpuUsage()))']
  const desk = join(folder, 'desk')
  cpSync(join(root, 'source'), join(desk, 'source'), { recursive: true })
  cpSync(join(root, 'out'), join(desk, 'out'), { recursive: true })
  cpSync(join(root, 'ontology'), join(desk, 'ontology'), { recursive: true })
  const slug = 'taliban-leverage'
  compare(
    'one article, sources to files (read, ground, link, map, write) : node -e 0',
    [program('article-to-files.js'), root, slug, join(folder, 'written')],
    nothing,
    10,
  )
  compare(
    'checks of a build : bare Comunica with the same Turtle, questions and rules',
    [program('checks.js'), desk, slug],
    [program('bare-comunica.js'), desk, slug],
    1.5,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
