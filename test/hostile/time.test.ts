/** Files whose file system never answers: waited for so long and no longer. */
import { expect, test } from 'vitest'
import { inTime, reasonOf } from '../../pipeline/io.ts'

test('work that never ends is given up, and the reason can be told', async () => {
  const error = await inTime(0.05, new Promise(() => {})).catch((reason: unknown) => reason)
  expect(reasonOf(error)).toBe('its file system does not answer')
})

test('work that ends or fails in time is what it is', async () => {
  expect(await inTime(5, Promise.resolve('read'))).toBe('read')
  await expect(inTime(5, Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})
