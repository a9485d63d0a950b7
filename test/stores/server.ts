/** Starts a store's server on 127.0.0.1 for a test, waits until it answers, and stops it whatever happens. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Server {
  /** Asks the server to end, and waits until it has; ends it by force after `PATIENCE`. */
  stop(): Promise<void>
}

/** Milliseconds in which a server has to answer, or to end: only what hangs is cut short. */
const PATIENCE = 120_000

/** A port of 127.0.0.1 that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })

// The server ends when the pipe at its standard input closes, which also happens when the test process is killed.
const HELD = 'exec 3<&0; "$@" 3<&- & pid=$!; (cat <&3 >/dev/null; kill "$pid" 2>/dev/null) & exec 3<&-; wait "$pid"'

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** Starts a command in `folder`; `ready` is asked until it says yes. The log is `server.log` there. */
export async function startServer(
  command: readonly string[],
  { folder, ready, env = {} }: { folder: string; ready: () => Promise<boolean>; env?: Record<string, string> },
): Promise<Server> {
  const log = join(folder, 'server.log')
  const out = openSync(log, 'a')
  const child = spawn('sh', ['-c', HELD, 'sh', ...command], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['pipe', out, out],
    detached: true, // a group of its own, so that all of it can be ended by force
  })
  closeSync(out)
  child.stdin?.on('error', () => {}) // it ended first
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    child.stdin?.end()
    const force = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), PATIENCE)
    await gone
    clearTimeout(force)
  }
  for (const end = performance.now() + PATIENCE; ; await sleep(100)) {
    if (!ended(child) && (await ready().catch(() => false))) return { stop }
    if (!ended(child) && performance.now() < end) continue
    await stop()
    throw new Error(`${command[0]} did not get ready:\n${readFileSync(log, 'utf8').slice(-2000)}`)
  }
}

/** True if somebody answers at `url` and is not in trouble; a 401 is an answer. */
export const answers = async (url: string): Promise<boolean> =>
  (await fetch(url, { signal: AbortSignal.timeout(10_000) })).status < 500
