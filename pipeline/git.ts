/**
 * The one module that talks to git. It runs the git program with fixed arguments, never a shell; of a repository it only
 * reads: no hook, filter, pager, helper or network is asked for. What it takes out stands in a temporary folder that is
 * removed when the work is done, whatever becomes of it.
 */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Code } from './model/codes.ts'
import type { Outcome, Problem } from './model/problem.ts'

/** Most bytes that are taken out of one revision. */
const SIZE_LIMIT = 512 * 1024 * 1024
const SECONDS = 120

const unusable = (code: Code, message: string, hint: string): Problem => ({
  code,
  severity: 'error',
  message,
  hint,
  unreadable: true,
})

interface Ran {
  code: number
  out: Buffer
  err: string
}

/** Runs git in a folder; undefined if there is no git program. The output is cut off at the limit of bytes. */
function git(folder: string, args: readonly string[], input = ''): Promise<Ran | undefined> {
  return new Promise((settle, reject) => {
    const child = spawn('git', ['--no-pager', '-c', 'core.fsmonitor=false', ...args], {
      cwd: folder,
      shell: false,
      timeout: SECONDS * 1000,
      env: {
        ...process.env,
        LC_ALL: 'C',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_TERMINAL_PROMPT: '0',
        GIT_NO_LAZY_FETCH: '1',
        GIT_LITERAL_PATHSPECS: '1',
      },
    })
    const out: Buffer[] = []
    let size = 0
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > SIZE_LIMIT + 1024 * 1024) child.kill()
      else out.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (err.length < 4000) err += chunk.toString('utf8')
    })
    child.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? settle(undefined) : reject(error)))
    child.on('close', (code) => settle({ code: code ?? 128, out: Buffer.concat(out), err }))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

const failed = ({ err }: Ran): Problem =>
  unusable(
    'git-unusable',
    `git says: ${err.trim().split('\n')[0] || 'nothing, and gave up'}`,
    /dubious ownership/.test(err)
      ? 'The repository belongs to somebody else. If you trust it, tell git so: git config --global --add safe.directory FOLDER'
      : 'See whether git itself works here: git status',
  )

const noGit = (): Problem =>
  unusable('git-unusable', 'There is no git program.', 'Install git, or compare two folders: newsgraph diff OLD NEW')

/** A repository, and where in it a folder stands. */
export interface Repository {
  folder: string
  /** `` for the top, else a path that ends in `/`. */
  prefix: string
}

/** The repository that a folder stands in. Problem: `git-unusable`. */
export async function repositoryOf(folder: string): Promise<Outcome<Repository | undefined>> {
  const ran = await git(folder, ['rev-parse', '--show-prefix'])
  if (!ran) return { value: undefined, problems: [noGit()] }
  if (ran.code === 0) return { value: { folder, prefix: ran.out.toString('utf8').replace(/\r?\n$/, '') }, problems: [] }
  if (!/not a git repository/.test(ran.err)) return { value: undefined, problems: [failed(ran)] }
  return {
    value: undefined,
    problems: [
      unusable(
        'git-unusable',
        'The desk’s folder stands in no git repository.',
        'Go to a desk that git keeps, or name it with --desk; two folders are compared with: newsgraph diff OLD NEW',
      ),
    ],
  }
}

/** Characters that no name of a revision begins with or holds here: git would read an option, or several lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const UNFIT = /^-|[\u0000-\u001f\u007f]/

/** The commit that a revision names, 40 or 64 hexadecimal digits. Problems: `revision-unknown`, `git-unusable`. */
export async function commitOf(repository: Repository, revision: string): Promise<Outcome<string | undefined>> {
  const unknown = (message: string, hint: string): Outcome<undefined> => ({
    value: undefined,
    problems: [unusable('revision-unknown', message, hint)],
  })
  if (revision === '' || UNFIT.test(revision))
    return unknown(`“${revision}” cannot name a revision.`, 'Name a branch, a tag or a commit: main, v1.0, HEAD~1.')
  const ran = await git(repository.folder, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])
  if (!ran) return { value: undefined, problems: [noGit()] }
  const commit = ran.out.toString('utf8').trim()
  if (ran.code === 0 && /^[0-9a-f]{40,64}$/.test(commit)) return { value: commit, problems: [] }
  const shallow = await git(repository.folder, ['rev-parse', '--is-shallow-repository'])
  if (shallow?.out.toString('utf8').trim() === 'true')
    return unknown(
      `There is no revision “${revision}” here, and this clone is shallow: it lacks older ones.`,
      'Fetch the rest: git fetch --unshallow (in GitHub Actions: actions/checkout with fetch-depth: 0).',
    )
  return unknown(
    `There is no revision “${revision}” here.`,
    'Name a branch, a tag or a commit (git log --oneline lists them); one that is elsewhere is fetched first: git fetch',
  )
}

/** The commit at which two histories part. Problems: as for `commitOf`. */
export async function mergeBaseOf(
  repository: Repository,
  one: string,
  other: string,
): Promise<Outcome<string | undefined>> {
  const [a, b] = [await commitOf(repository, one), await commitOf(repository, other)]
  const problems = [...a.problems, ...b.problems]
  if (!a.value || !b.value) return { value: undefined, problems }
  const ran = await git(repository.folder, ['merge-base', a.value, b.value])
  if (!ran) return { value: undefined, problems: [noGit()] }
  const base = ran.out.toString('utf8').trim()
  if (ran.code === 0 && /^[0-9a-f]{40,64}$/.test(base)) return { value: base, problems: [] }
  return {
    value: undefined,
    problems: [
      unusable(
        'revision-unknown',
        `“${one}” and “${other}” have no commit in common here.`,
        'Fetch the whole history (git fetch --unshallow), or compare them with two dots or as two arguments.',
      ),
    ],
  }
}

interface Entry {
  mode: string
  object: string
  size: number
  path: string
}

/** Files and links of a tree below some paths; their own paths are from the repository's top. */
async function entriesOf(repository: Repository, commit: string, paths: readonly string[]): Promise<Outcome<Entry[]>> {
  const ran = await git(repository.folder, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, '--', ...paths])
  if (!ran) return { value: [], problems: [noGit()] }
  if (ran.code !== 0) return { value: [], problems: [failed(ran)] }
  const entries = ran.out
    .toString('utf8')
    .split('\0')
    .flatMap((line): Entry[] => {
      const [, mode = '', object = '', size = '', path = ''] =
        /^(\d+) blob ([0-9a-f]+) +(\d+)\t([\s\S]+)$/.exec(line) ?? []
      // A tree that git made holds no such names; one that was made by hand could.
      const sound = path !== '' && path.split('/').every((step) => !['', '.', '..'].includes(step))
      return sound && !path.includes('\\') ? [{ mode, object, size: Number(size), path }] : []
    })
  return { value: entries, problems: [] }
}

/** The contents of objects, in order. */
async function contentsOf(repository: Repository, entries: readonly Entry[]): Promise<Outcome<Buffer[]>> {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (size > SIZE_LIMIT) {
    const message = `The revision’s source/ and ontology/ hold ${size} bytes; at most ${SIZE_LIMIT} are read.`
    return { value: [], problems: [unusable('file-too-big', message, 'Compare two folders instead.')] }
  }
  const ran = await git(repository.folder, ['cat-file', '--batch'], entries.map(({ object }) => `${object}\n`).join(''))
  if (!ran) return { value: [], problems: [noGit()] }
  const contents: Buffer[] = []
  let at = 0
  for (const { object, size: length } of entries) {
    const end = ran.out.indexOf(10, at)
    if (end < 0 || ran.out.subarray(at, end).toString('latin1') !== `${object} blob ${length}`)
      return { value: [], problems: [failed({ ...ran, err: ran.err || 'an object of the revision is missing' })] }
    contents.push(ran.out.subarray(end + 1, end + 1 + length))
    at = end + 1 + length + 1
  }
  return { value: contents, problems: [] }
}

const scratches = new Set<string>()
const sweep = (): void => {
  for (const folder of scratches) rmSync(folder, { recursive: true, force: true })
  scratches.clear()
}
const stop = (signal: NodeJS.Signals): void => {
  sweep()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, stop)
  process.kill(process.pid, signal)
}

/** Runs `work` with a temporary folder, which is gone afterwards: also after an error, Ctrl-C or the end of the process. */
export async function withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'newsgraph-'))
  if (scratches.size === 0) {
    process.on('exit', sweep)
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop)
  }
  scratches.add(folder)
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
    scratches.delete(folder)
    if (scratches.size === 0) {
      process.off('exit', sweep)
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, stop)
    }
  }
}

/**
 * Puts the desk of a commit, that is its `source/` and `ontology/`, into a folder. Links are put there as links, which the
 * reader of a desk follows no further than the desk. Problems: `git-unusable`, `file-too-big`.
 */
export async function checkOutDesk(repository: Repository, commit: string, into: string): Promise<Problem[]> {
  const { prefix } = repository
  const tree = await entriesOf(repository, commit, [`${prefix}source`, `${prefix}ontology`])
  const read = tree.problems.length > 0 ? { value: [], problems: [] } : await contentsOf(repository, tree.value)
  const problems = [...tree.problems, ...read.problems]
  if (problems.length > 0) return problems
  const files = tree.value.map((entry, i) => ({ ...entry, content: read.value[i] ?? Buffer.alloc(0) }))
  const place = (path: string): string => join(into, path.slice(prefix.length))
  // Files first: no link can then lead a file to a place of its own choosing.
  for (const { mode, path, content } of files) {
    if (mode === '120000') continue
    await mkdir(dirname(place(path)), { recursive: true })
    await writeFile(place(path), content, { flag: 'wx' })
  }
  for (const { mode, path, content } of files) {
    if (mode !== '120000') continue
    await mkdir(dirname(place(path)), { recursive: true })
    await symlink(content.toString('utf8'), place(path))
  }
  return []
}

/** A file's versions in the history that leads to HEAD, the newest first: commit and content; for one that has changed. */
export async function* versionsOf(
  repository: Repository,
  file: string,
): AsyncGenerator<{ commit: string; bytes: Buffer }> {
  const path = `${repository.prefix}${file}`
  // `log` sees a path from the folder that git runs in, `ls-tree --full-tree` from the repository's top.
  const log = await git(repository.folder, ['log', '--format=%H', '-n', '1000', 'HEAD', '--', file])
  const commits = log && log.code === 0 ? log.out.toString('utf8').split('\n').filter(Boolean) : []
  const seen = new Set<string>()
  for (const commit of commits) {
    const { value } = await entriesOf(repository, commit, [path])
    const [entry] = value.filter((found) => found.path === path && !seen.has(found.object))
    if (!entry) continue
    seen.add(entry.object)
    const read = await contentsOf(repository, [entry])
    if (read.value[0]) yield { commit, bytes: read.value[0] }
  }
}
