/** What touches a node: the claims, arguments and other annotations whose triples lead to it, with the role it has there. */

import type { Place } from '../model/problem.ts'
import { ng, prov, rdf, schema } from '../model/vocabulary.ts'
import { brief, ownerOf } from './describe.ts'
import type { NodeKind, View } from './view.ts'

export interface Touch {
  /** The part that the explained node plays: content, if, premise, about, agent, … */
  role: string
  node: string
  iri: string
  kind: NodeKind
  text: string
  place?: Place
}

/** Predicate → role, in the order in which the roles are shown. */
const ROLES: readonly (readonly [predicate: { value: string }, role: string])[] = [
  [ng.content, 'content'],
  [ng.if, 'if'],
  [ng.unless, 'unless'],
  [ng.premise, 'premise'],
  [ng.conclusion, 'conclusion'],
  [ng.citesEvidence, 'evidence'],
  [ng.mainClaim, 'main claim'],
  [ng.claimedBy, 'claimed by'],
  [ng.describes, 'described'],
  [rdf.subject, 'subject'],
  [rdf.object, 'object'],
  [schema.about, 'about'],
  [ng.contradicts, 'contradicts'],
  [ng.agent, 'agent'],
  [ng.counterpart, 'counterpart'],
  [ng.theme, 'theme'],
  [ng.place, 'place'],
  [ng.subEventOf, 'part'],
  [ng.time, 'time'],
  [ng.hasQuantity, 'quantity'],
  [ng.anchoredOn, 'reckoned from'],
  [ng.quantityOf, 'counted'],
  [ng.groundedIn, 'words'],
  [ng.cue, 'cue'],
  [ng.alignmentOf, 'link'],
  [ng.partOf, 'whole'],
  [schema.affiliation, 'affiliation'],
  [schema.member, 'member'],
  [schema.author, 'author'],
  [schema.publisher, 'publisher'],
  [prov.specializationOf, 'text'],
  [prov.wasGeneratedBy, 'made in'],
]
const ROLE_OF = new Map(ROLES.map(([{ value }, role]) => [value, role]))
/** Roles of a whole sentence's content: shown at the claims that have it. */
const THROUGH = new Set(['described', 'subject', 'object', 'about', 'place'])

/** Where a triple's subject is shown: a time at its event, what a proposition is about at the claims of it. */
function shownAt(view: View, subject: string, role: string): string[] {
  const kind = view.kind(subject)
  if ((kind === 'time' || kind === 'quantity') && role !== 'words') return shownAt(view, ownerOf(subject), role)
  if (kind !== 'proposition' || !THROUGH.has(role)) return [subject]
  const claims = view.subjects(ng.content, subject)
  return claims.length > 0 ? claims : [subject]
}

/** What touches a node, role by role; a claim also shares its content with the other claims of the same proposition. */
export function touchesOf(view: View, iri: string): Touch[] {
  const found = view.quadsTo(iri).flatMap(({ subject, predicate }) => {
    const role = ROLE_OF.get(predicate.value)
    return role === undefined ? [] : shownAt(view, subject.value, role).map((at) => ({ role, at }))
  })
  const content = view.kind(iri) === 'claim' ? view.one(iri, ng.content) : undefined
  if (content !== undefined && view.kind(content) === 'proposition') {
    for (const other of view.subjects(ng.content, content)) found.push({ role: 'same content', at: other })
    for (const against of view.objects(content, ng.contradicts))
      for (const other of view.subjects(ng.content, against)) found.push({ role: 'contradicts', at: other })
  }
  const ranks = [...ROLES.map(([, role]) => role), 'same content']
  const seen = new Set<string>([`same content ${iri}`])
  return found
    .filter(({ role, at }) => {
      const known = seen.has(`${role} ${at}`)
      seen.add(`${role} ${at}`)
      return !known && at !== iri
    })
    .sort((a, b) => ranks.indexOf(a.role) - ranks.indexOf(b.role))
    .flatMap(({ role, at }) => {
      const kind = view.kind(at)
      if (kind === undefined) return []
      const place = view.place(at)
      return [
        { role, node: view.curie(at), iri: at, kind, text: brief(view, at), ...(place === undefined ? {} : { place }) },
      ]
    })
}
