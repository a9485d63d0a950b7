/** The links as SSSOM: one row for each judgement, the same bytes in out/, and valid to SSSOM’s own tool. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sssomText } from '../../pipeline/export/sssom.ts'
import { openDesk } from '../../pipeline/pipeline.ts'
import { ROOT } from '../sample-desk.ts'

const file = join(ROOT, 'out/links.sssom.tsv')
const text = readFileSync(file, 'utf8')
const { value: opened } = await openDesk(ROOT)
if (!opened) throw new Error('the desk does not open')
const rows = text
  .trimEnd()
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .map((line) => line.split('\t'))
const tool = process.env.SSSOM ?? 'sssom'
const there = spawnSync(tool, ['--version']).status === 0

describe('out/links.sssom.tsv', () => {
  test('is what the register says now', () => {
    expect(text).toBe(sssomText(opened.register, opened.lock, opened.desk))
  })
  test('has a row for each judgement, in the columns of its header', () => {
    const judged = [...opened.register.entities.values()].flatMap(({ alignments }) => alignments)
    expect(rows).toHaveLength(judged.length + 1)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([8]))
    const absent = rows.filter((row) => row[3] === 'sssom:NoTermFound')
    expect(absent).toHaveLength(judged.filter(({ id }) => id === undefined).length)
    expect(absent.every((row) => row[4] === '' && row[7] !== '')).toBe(true)
    expect(rows.find((row) => row[0] === 'entity:kabul')?.slice(1, 6)).toEqual([
      'Kabul',
      'skos:exactMatch',
      'wd:Q5838',
      'Kabul',
      'semapv:ManualMappingCuration',
    ])
  })
  test.skipIf(!there)('is valid to sssom (else: pip install sssom, or name it in SSSOM)', { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = spawnSync(tool, ['validate', file], { encoding: 'utf8' })
    expect([status, `${stdout}${stderr}`.match(/error/i)]).toEqual([0, null])
  })
})
