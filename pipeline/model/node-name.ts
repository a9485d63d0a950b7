/** What a node of the graph is called in messages: as whoever wrote the annotations would call it. */

const KINDS: ReadonlySet<string> = new Set(['claim', 'event', 'proposition', 'argument', 'source', 'run'])

/** A part that has no key of its own: `thesis/report/time` is the time of the report of `thesis`. */
function ofLocal(kind: string, path: readonly string[]): string {
  const last = path.at(-1)
  if (path.length > 1 && (last === 'time' || last === 'quantity' || last === 'report'))
    return `the ${last} of ${ofLocal(kind, path.slice(0, -1))}`
  return `${kind} \`${path.join('/')}\``
}

/**
 * The name of a node: "claim `thesis`", "the report of claim `thesis`", "entity `taliban`", "the link of entity
 * `taliban` to Q42418". `slug` is the article that is spoken of; nodes of others name theirs. An IRI that is not the
 * desk's stays as it is.
 */
export function nodeName(iri: string, base: string, slug?: string): string {
  if (!iri.startsWith(base)) return iri
  const [section, key = '', ...rest] = iri.slice(base.length).split('/')
  if (section === 'entity' && rest[0] === 'alignment')
    return rest[1] === 'none'
      ? `the judged absence of entity \`${key}\``
      : `the link of entity \`${key}\` to ${rest[1] ?? 'nothing'}`
  if (section === 'entity') return `entity \`${key}\``
  if (section === 'proposition') return `shared proposition \`${key}\``
  if (section !== 'article') return iri.slice(base.length)
  const [kind, ...path] = rest
  const other = key === slug ? '' : ` of article \`${key}\``
  if (kind === undefined) return other === '' ? 'the article' : `article \`${key}\``
  if (kind === 'snapshot') return `${path[1] === 'mention' ? `the words at ${path[2]}` : 'the text'}${other}`
  return KINDS.has(kind) ? `${ofLocal(kind, path)}${other}` : `${[kind, ...path].join('/')}${other}`
}
