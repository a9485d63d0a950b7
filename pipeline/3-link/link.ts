/** Link: every judged item is looked up in the lock file, offline. Nothing is asked of any service here. */
import type { Grounded, Linked, LinkedAlignment, Lock } from '../model/article.ts'
import type { Outcome, Problem } from '../model/problem.ts'

/**
 * Adds to each alignment of the register what was seen of its item. Problems: `item-not-in-lock` (an item that nobody
 * has looked at), `entity-not-judged` (warning: an entity with neither a link nor a judged absence).
 * Only entities that the article touches are reported.
 */
export function link(article: Grounded, lock: Lock): Outcome<Linked> {
  const problems: Problem[] = []
  const used = usedEntities(article)
  const alignments = new Map<string, LinkedAlignment[]>()
  for (const entity of article.register.entities.values()) {
    alignments.set(
      entity.key,
      entity.alignments.map((alignment) => {
        const item = alignment.id === undefined ? undefined : lock.items.get(alignment.id)
        if (alignment.id !== undefined && !item && used.has(entity.key))
          problems.push({
            code: 'item-not-in-lock',
            severity: 'error',
            message: `${alignment.id} is linked to “${entity.key}”, but source/wikidata.lock.json does not hold what was seen of it.`,
            hint: 'Look at the item, then add its label, the day and the evidence to the lock file.',
            place: article.locate({ ...alignment.origin, path: [...alignment.origin.path, 'id'] }),
          })
        return item ? { ...alignment, item } : alignment
      }),
    )
    if (!entity.judged && used.has(entity.key))
      problems.push({
        code: 'entity-not-judged',
        severity: 'warning',
        message: `“${entity.key}” has neither a Wikidata link nor a judged absence.`,
        hint: 'Add wikidata: [{id: Q…, match: …}] or [{none: true, reason: …}].',
        place: article.locate(entity.origin),
      })
  }
  return { value: { ...article, stage: 'linked', alignments, used }, problems }
}

/** The keys of the entities that an article touches: mentioned, or named in an annotation, with what they are part of. */
function usedEntities(article: Grounded): Set<string> {
  const used = new Set<string>()
  const add = (refs: readonly ({ kind: string; key: string } | undefined)[]): void => {
    for (const ref of refs) if (ref?.kind === 'entity') used.add(ref.key)
  }
  const shared = [...article.register.propositions.values()]
  add(article.author)
  add([article.publisher])
  add(article.mentions.map((mention) => mention.entity))
  for (const source of article.sources) add([...source.parts, ...source.affiliation])
  for (const event of article.events) add([...event.agent, ...event.counterpart, ...event.theme, ...event.place])
  for (const claim of article.claims) add(claim.by)
  const usedShared = new Set(
    [
      ...article.claims.flatMap((claim) => [claim.content, ...claim.if, ...claim.unless]),
      ...article.propositions.flatMap((item) => [
        ...item.contradicts,
        ...(item.triple ? [item.triple.subject, item.triple.object] : []),
      ]),
    ].flatMap((ref) => ('shared' in ref && ref.shared ? [ref.key] : [])),
  )
  for (let size = -1; size !== usedShared.size; ) {
    size = usedShared.size
    for (const item of shared)
      if (usedShared.has(item.key)) for (const other of item.contradicts) usedShared.add(other.key)
  }
  for (const item of [...article.propositions, ...shared.filter((p) => usedShared.has(p.key))])
    add([...item.about, item.place, item.quantity?.of, item.triple?.subject, item.triple?.object])
  const open = [...used]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const entity = article.register.entities.get(key)
    for (const part of [...(entity?.partOf ?? []), ...(entity?.affiliation ?? [])])
      if (!used.has(part.key)) {
        used.add(part.key)
        open.push(part.key)
      }
  }
  return used
}
