/** Every kind of store has a page, which says whether it was tried. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROFILES } from '../../pipeline/8-load/profiles.ts'
import { ROOT } from '../sample-desk.ts'

const FOLDER = join(ROOT, 'docs', 'stores')
const named = Object.entries(PROFILES).filter(([name]) => name !== 'generic')

test('a page for each, and the index leads to it', () => {
  const pages = readdirSync(FOLDER).filter((file) => file !== 'README.md')
  expect(pages.sort()).toEqual(named.map(([name]) => `${name}.md`).sort())
  const index = readFileSync(join(FOLDER, 'README.md'), 'utf8')
  for (const page of pages) expect(index).toContain(`(${page})`)
})

// Oxigraph is tried as the engine of `serve`, not as a server of its own.
test.each(named.filter(([name]) => name !== 'oxigraph'))('%s', (name, { tested, example }) => {
  const page = readFileSync(join(FOLDER, `${name}.md`), 'utf8')
  expect(page.includes('**Not tested.**')).toBe(!tested)
  expect(page).toContain(`newsgraph load ${example}`)
  expect(page).toContain(`newsgraph check --against ${example}`)
})
