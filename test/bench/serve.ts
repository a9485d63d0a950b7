/**
 * `npm run bench:serve`: the endpoint under load, on this machine only and for a bounded time. Each kind of request is
 * sent by ten connections for some seconds; then all again, twice, to see whether memory grows; then once more while a
 * query that never ends keeps one thread. Prints a table in Markdown.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import autocannon, { type Result } from 'autocannon'
import { forArticle } from '../../pipeline/7-check/header.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SECONDS = Number(process.argv[2] ?? 5)
const CONNECTIONS = 10

const child = spawn(process.execPath, [join(ROOT, 'bin/newsgraph.js'), 'serve', '--port', '0', '--desk', ROOT], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const url = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data).trim())))
const question = (name: string): string =>
  forArticle(
    readFileSync(join(ROOT, 'ontology/questions', `${name}.rq`), 'utf8'),
    'https://w3id.org/newsgraph/article/taliban-leverage',
  )
const asked = (query: string): string => `${url}sparql?query=${encodeURIComponent(query)}`
const short = (name: string): string => question(name).replace(/^#.*\n/gm, '')

const TARGETS: [what: string, url: string, accept: string][] = [
  ['a node as Turtle', `${url}entity/taliban`, 'text/turtle'],
  ['a node as a page', `${url}article/taliban-leverage/claim/thesis`, 'text/html'],
  ['ASK', asked('ASK { ?s ?p ?o }'), 'application/sparql-results+json'],
  ['question 04', asked(short('04-predictions')), 'application/sparql-results+json'],
  ['question 01', asked(short('01-own-voice')), 'application/sparql-results+json'],
  ['all triples as JSON, 2 MB', asked('SELECT * { ?s ?p ?o }'), 'application/sparql-results+json'],
]

/** Resident memory of the server, in MB. */
function memory(): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
}
/** Processor time that the server has used, in milliseconds (proc(5): fields 14 and 15, in hundredths of a second). */
function cpu(): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
const load = (target: string, accept: string): Promise<Result> =>
  autocannon({ url: target, connections: CONNECTIONS, duration: SECONDS, headers: { accept } })

const line = (...cells: (string | number)[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`)
try {
  line(
    'request',
    'round',
    'requests/s',
    '50 % (ms)',
    '97.5 % (ms)',
    '99 % (ms)',
    'CPU ms/request',
    'failed',
    'MB after',
  )
  line(...Array.from({ length: 9 }, () => '---'))
  line('none yet', '', '', '', '', '', '', '', memory())
  const round = async (name: string): Promise<void> => {
    for (const [what, target, accept] of TARGETS) {
      const before = cpu()
      const { requests, latency, non2xx, errors, timeouts } = await load(target, accept)
      const failed = non2xx + errors + timeouts
      const each = ((cpu() - before) / requests.total).toFixed(1)
      line(what, name, Math.round(requests.average), latency.p50, latency.p97_5, latency.p99, each, failed, memory())
    }
  }
  for (const name of ['1', '2', '3']) await round(name)
  const runaway = new AbortController()
  const endless = asked('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }')
  let running = true
  const keep = (async () => {
    while (running) await fetch(endless, { signal: runaway.signal }).catch(() => undefined)
  })()
  await round('beside a runaway query')
  running = false
  runaway.abort()
  await keep
} finally {
  child.kill('SIGINT')
}
