/** For suites that need a running endpoint: the repository's own desk, or one of N-Quads given as text. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServeOptions, type Serving, serve } from '../../pipeline/serve/serve.ts'

/** Starts an endpoint over a desk's `out/newsgraph.nq` on a free port of 127.0.0.1. Close it when done. */
export async function startEndpoint(desk: string, options: ServeOptions = {}): Promise<Serving> {
  const { value, problems } = await serve(desk, { port: 0, ...options })
  if (!value) throw new Error(problems.map(({ message }) => message).join('\n'))
  return value
}

/** A desk that has nothing but a dataset. */
export function deskOf(nquads: string): { desk: string; write: (nquads: string) => void; remove: () => void } {
  const desk = mkdtempSync(join(tmpdir(), 'newsgraph-serve-'))
  mkdirSync(join(desk, 'out'))
  const write = (text: string): void => writeFileSync(join(desk, 'out', 'newsgraph.nq'), text)
  write(nquads)
  return { desk, write, remove: () => rmSync(desk, { recursive: true, force: true }) }
}
