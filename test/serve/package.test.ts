/** The packed program: JavaScript, without TypeScript, with its thread and what its pages load. */
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '../sample-desk.ts'

const scratch = mkdtempSync(join(tmpdir(), 'newsgraph-pack-'))
const program = join(scratch, 'package')
const run = (command: string, ...args: string[]): void => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: scratch, encoding: 'utf8' })
  expect(status, stdout + stderr).toBe(0)
}

beforeAll(() => {
  for (const name of ['bin', 'pipeline', 'ontology', 'docs', 'package.json', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(join(ROOT, name), join(scratch, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(scratch, 'node_modules'))
  run('npm', 'pack', '--foreground-scripts')
  run('tar', 'xzf', 'newsgraph-0.1.0.tgz')
  symlinkSync(join(ROOT, 'node_modules'), join(program, 'node_modules'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('serves: queries, pages, the editor and its modules', async () => {
  expect(existsSync(join(program, 'pipeline'))).toBe(false)
  const child = spawn(process.execPath, [join(program, 'bin', 'newsgraph.js'), 'serve', '--desk', ROOT, '--port', '0'])
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data).trim()))
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)))
  })
  const get = async (path: string): Promise<[number, string]> => {
    const response = await fetch(url + path, { headers: { accept: 'text/html, */*;q=0.5' } })
    return [response.status, await response.text()]
  }
  expect(await get(`sparql?query=${encodeURIComponent('ASK { ?s ?p ?o }')}`)).toEqual([
    200,
    '{"head":{},"boolean":true}',
  ])
  const [status, page] = await get('')
  expect([status, page.match(/data-question=/g)?.length]).toEqual([200, expect.any(Number)])
  expect(page).toContain('01-own-voice')
  expect((await get('entity/taliban'))[1]).toContain('<h1>Taliban</h1>')
  const { imports } = JSON.parse(/<script type="importmap"[^>]*>([^<]*)</.exec(page)?.[1] ?? '')
  for (const path of ['/assets/page.css', '/assets/editor.js', ...(Object.values(imports) as string[])])
    expect((await get(path.slice(1)))[0], path).toBe(200)
  child.kill('SIGINT')
  expect(await ended).toBe(0)
})
