/** The table of seasons and of what “about” means in a time. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readOntology } from '../../pipeline/1-read/ontology.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

describe('the table of time bounds', () => {
  it('has four seasons on each half of the earth, half a year apart', async () => {
    const time = (await readOntology([root])).value?.time
    const { north, south } = time?.seasons ?? { north: {}, south: {} }
    expect(Object.keys(north)).toEqual(['21', '22', '23', '24'])
    expect(north['22']).toEqual({ from: '06-01', to: '08-31' })
    for (const [here, there] of [
      ['21', '23'],
      ['22', '24'],
      ['23', '21'],
      ['24', '22'],
    ] as const)
      expect(south[there]).toEqual(north[here])
    expect(time?.widen).toEqual({ '?': 1, '~': 1, '%': 1 })
  })
})
