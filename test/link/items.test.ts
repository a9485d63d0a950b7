/** Items are read into the lock file from Wikidata, and looked at again. */
import { beforeEach, describe, expect, test } from 'vitest'
import { newsgraph } from '../commands/terminal.ts'
import { desk, files, here, inSource, link, world } from './online-desk.ts'
import type { World } from './wikidata-server.ts'

describe('an item is read', () => {
  test('with its classes, the classes above them, and the statements of our relations, from a named revision', async () => {
    const said = await link('--accept', 'town-hall=Q9000001', '--match', 'exact', '--evidence', 'a plaque')
    expect(said).toEqual({ code: 0, err: '', out: 'town-hall: exact Q9000001 (Town hall).\n' })
    const page = (id: string, revision: number): string => `${here.url}/w/index.php?title=${id}&oldid=${revision}`
    const lock = JSON.parse(inSource('wikidata.lock.json'))
    expect(lock.items.Q9000001).toEqual({
      label: 'Town hall',
      description: 'seat of a council',
      aliases: ['City Hall'],
      classes: [{ id: 'Q9000010', label: 'seat' }],
      statements: [{ property: 'P36', label: expect.any(String), value: { item: 'Q9000004', label: 'Quay' } }],
      revision: 17,
      seen: '2026-11-25',
      evidence: [page('Q9000001', 17), 'a plaque'],
    })
    expect(lock.classes).toEqual({
      Q9000010: {
        label: 'seat',
        subclassOf: [{ id: 'Q9000011', label: 'building' }],
        seen: '2026-11-25',
        evidence: [page('Q9000010', 6)],
      },
      Q9000011: {
        label: 'building',
        subclassOf: [
          { id: 'Q9000010', label: 'seat' },
          { id: 'Q27096213', label: 'geographic entity' },
        ],
        seen: '2026-11-25',
        evidence: [page('Q9000011', 7)],
      },
    })
    expect((await newsgraph(['build', '--desk', desk, '--no-check'])).code).toBe(0)
    expect((await newsgraph(['link', '--desk', desk, '--check'])).out).toContain('1 link · 1 of a type that fits')
  })

  test('of another kind: nothing is written', async () => {
    const old = files()
    const said = await link('--accept', 'town-hall=Q9000002', '--match', 'exact')
    expect([said.code, said.err.includes('item-of-other-kind')]).toEqual([1, true])
    expect(files()).toEqual(old)
  })

  test.each([
    ['that was merged', 'Q9000007', 'item-redirected', 'use Q9000001'],
    ['that is not there', 'Q9000099', 'item-deleted', 'is not in Wikidata'],
    ['whose number is too large', 'Q99999999999', 'item-deleted', 'is not in Wikidata'],
  ])('%s: nothing is written', async (_name, id, code, message) => {
    const old = files()
    for (const argv of [
      ['--accept', `quay=${id}`, '--match', 'exact'],
      ['--pin', `Q9000001,${id}`],
    ]) {
      const said = await link(...argv)
      expect(said.code).toBe(1)
      expect(said.err).toContain(code)
      expect(said.err).toContain(message)
    }
    expect(files()).toEqual(old)
  })
})

describe('what changed since', () => {
  const change = (work: () => void): Promise<{ code: number; out: string; err: string }> => {
    work()
    return link('--check', '--fresh')
  }
  beforeEach(async () => {
    await link('--accept', 'town-hall=Q9000001', '--match', 'exact')
    await link('--accept', 'quay=Q9000004', '--match', 'exact')
  })
  const item = (id: string): World['items'][string] => world.items[id] as World['items'][string]

  test('nothing', async () => {
    const { code, out, err } = await link('--check', '--fresh')
    expect([code, err]).toEqual([0, ''])
    expect(out).toBe(
      '2 links · 1 of a type that fits · 0 of another kind · 1 not checked (1 no class was seen)\n2 items asked for · 2 as seen · 0 changed · 0 not answered\n',
    )
  })

  test('a new name: a warning, and pinning again mends it', async () => {
    const { code, out, err } = await change(() => (item('Q9000004').label = 'Old quay'))
    expect([code, out.includes('1 changed')]).toEqual([0, true])
    expect(err).toContain('warning item-changed')
    expect(err).toContain('it was called “Quay” and is called “Old quay”')
    // What the check has seen afresh is what is pinned, although an older answer was kept that day.
    expect((await link('--pin', 'all')).code).toBe(0)
    expect((await link('--check', '--fresh')).err).toBe('')
    expect(JSON.parse(inSource('wikidata.lock.json')).items.Q9000004.label).toBe('Old quay')
  })

  test('other classes: a warning, and an error if it is of another kind now', async () => {
    const { code, err } = await change(() => (item('Q9000001').classes = ['Q5']))
    expect(code).toBe(1)
    expect(err).toContain('it is no longer: seat (Q9000010); it is now: human (Q5)')
    expect(err).toContain('“town-hall” is a facility, but Q9000001 (Town hall) was seen to be a human (Q5).')
  })

  test.each([false, true])('merged into another', async (underTarget) => {
    const { code, err } = await change(() => {
      world.underTarget = underTarget
      world.redirects.Q9000004 = 'Q9000001'
    })
    expect(code).toBe(1)
    expect(err).toMatch(/source\/entities\.yaml:\d+:\d+ error item-redirected/)
    expect(err).toContain('Q9000004 (Quay) was merged into Q9000001 (Town hall).')
  })

  test('deleted', async () => {
    const { code, err } = await change(() => {
      delete world.items.Q9000004
    })
    expect(code).toBe(1)
    expect(err).toMatch(/source\/entities\.yaml:\d+:\d+ error item-deleted/)
  })
})
