/** `newsgraph link --check`: whether the links that are there hold, by the lock and, if asked for, by Wikidata. */
import type { OpenedDesk } from '../1-read/read.ts'
import type { Problem } from '../model/problem.ts'
import { servicesOf } from './link-online.ts'
import { answer, linkedItems, linksOf, type Session, today } from './link-session.ts'
import { countsText, driftText } from './link-texts.ts'

export async function checkAll(session: Session): Promise<number> {
  const { opened, problems, invocation } = session
  const { register, lock, ontology, locate } = opened
  const [{ checkLinks }, { notInLock }] = await Promise.all([
    import('../3-link/check-links.ts'),
    import('../3-link/link.ts'),
  ])
  const { problems: found, counts } = checkLinks({ entities: register.entities, lock, ontology, locate })
  const missing = [...register.entities.values()].flatMap((entity) => notInLock(entity, lock, locate))
  problems.push(...missing, ...found)
  if (invocation.values.online !== true) return answer(session, 'check', { counts }, countsText(counts))
  const [{ drift }, { lockWith }] = await Promise.all([
    import('../3-link/online/drift.ts'),
    import('../3-link/accept.ts'),
  ])
  const ids = linkedItems(opened)
  const read = await (await servicesOf(invocation, opened, today())).read(ids)
  invocation.terminal.progress('')
  const changed = drift(ids, lock, read.value, (id) => placeOfLink(opened, id))
  // What the items are now is held against the types as well; what was wrong before is told already.
  let now = lock
  for (const [id, one] of read.value) if (one.state === 'item') now = lockWith(now, id, one.seen)
  const told = new Set(found.map(({ message }) => message))
  const fresh = checkLinks({ entities: register.entities, lock: now, ontology, locate }).problems
  problems.push(...read.problems, ...changed.problems, ...fresh.filter(({ message }) => !told.has(message)))
  return answer(session, 'check', { counts, drift: changed.counts }, countsText(counts) + driftText(changed.counts))
}

function placeOfLink(opened: OpenedDesk, id: string): Problem['place'] {
  const link = linksOf(opened).find((one) => one.id === id)
  return link && opened.locate({ ...link.origin, path: [...link.origin.path, 'id'] })
}
