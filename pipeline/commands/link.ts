/** `newsgraph link`: candidates for entities, links that an editor accepts, and a check of those that are there. */
import type { Seeker } from '../3-link/candidates.ts'
import type { EntityNote } from '../model/article.ts'
import { hasErrors } from '../model/problem.ts'
import { skos } from '../model/vocabulary.ts'
import { jsonProblems, jsonText } from '../report/json.ts'
import {
  type Command,
  deskOptions,
  exitCodeOf,
  foldersOf,
  type Invocation,
  jsonOption,
  text,
  wrongUse,
} from './command.ts'
import { showFindings } from './findings.ts'
import { checkAll } from './link-check.ts'
import { onlineOptions, servicesOf } from './link-online.ts'
import { answer, entityOf, isWrongUse, lines, readIndexFor, type Session, today } from './link-session.ts'
import { candidatesText } from './link-texts.ts'
import { acceptLink, pinItems } from './link-write.ts'

async function proposeCandidates(session: Session): Promise<number> {
  const { invocation, opened, problems } = session
  const { values, positionals, terminal } = invocation
  const limit = Number(text(values.limit) ?? 5)
  if (!Number.isInteger(limit) || limit < 1 || limit > 50)
    return wrongUse(terminal, 'link', { wrongUse: '--limit is a whole number from 1 to 50.' })
  const named = positionals.map((key) => entityOf(opened, key))
  const unknown = named.find(isWrongUse)
  if (unknown) return wrongUse(terminal, 'link', unknown)
  const all = [...opened.register.entities.values()]
  const absent = ({ judged, alignments }: EntityNote): boolean =>
    judged && alignments.every(({ id }) => id === undefined)
  const open = all.filter((entity) => !entity.judged || (values.absent === true && absent(entity)))
  const entities = named.length > 0 ? (named as EntityNote[]) : open
  const [{ seeker, itemsOf }] = await Promise.all([import('../3-link/candidates.ts')])
  const taken = new Map(
    all.flatMap(({ key, alignments }) =>
      alignments.flatMap(({ id, degree }) => (id !== undefined && degree === skos.exactMatch.value ? [[id, key]] : [])),
    ),
  )
  const { lock, ontology } = opened
  const sought: Seeker = seeker(entities, { lock, classes: ontology.wikidataClasses, limit, taken })
  for (const item of itemsOf(opened.lock)) sought.offer(item)
  await readIndexFor(session, sought.offer)
  const types = new Map([...opened.ontology.entityTypes.values()].map(({ iri, label }) => [iri, label]))
  const unanswered = new Set<string>()
  if (values.online === true && entities.length > 0) {
    const services = await servicesOf(invocation, opened, today())
    const { value, problems: met } = await services.reconcile(entities, limit)
    terminal.progress('')
    problems.push(...met)
    for (const [key, items] of value.answered) for (const item of items) sought.offerFor(key, item)
    for (const key of value.open) unanswered.add(key)
  }
  const found = sought.found()
  const said = entities.map((entity) =>
    candidatesText(
      entity,
      types.get(entity.type) ?? entity.type,
      found.get(entity.key) ?? [],
      unanswered.has(entity.key),
    ),
  )
  const rest = all.filter(absent).length
  if (entities.length === 0)
    said.push(
      `Every entity is judged: linked, or judged to have no item.${rest > 0 ? ` --absent looks again for the ${rest} that have none.` : ''}\n`,
    )
  else if ([...found.values()].some((candidates) => candidates.length > 0))
    said.push('Nothing was written. Take one with: newsgraph link --accept ENTITY=Q… --match exact --evidence "…"\n')
  const document = {
    entities: entities.map(({ key, label, type }) => ({
      key,
      label,
      type,
      candidates: found.get(key) ?? [],
      ...(values.online === true ? { answered: !unanswered.has(key) } : {}),
    })),
  }
  return answer(session, 'candidates', document, said.join('\n'))
}

async function run(invocation: Invocation): Promise<number> {
  const { values, positionals, terminal } = invocation
  const modes = ['accept', 'pin', 'check'].filter((mode) => values[mode] !== undefined)
  if (modes.length > 1)
    return wrongUse(terminal, 'link', { wrongUse: `--${modes.join(' and --')} are two different things.` })
  if (modes.length > 0 && positionals.length > 0)
    return wrongUse(terminal, 'link', { wrongUse: `“${positionals[0]}” is one argument too many.` })
  const { openDesk } = await import('../1-read/read.ts')
  const { desk, ...options } = foldersOf(invocation)
  const { value: opened, problems } = await openDesk(desk, options)
  const json = values.json === true
  // Nothing is written over a register or a lock that could not be read as a whole.
  if (!opened || (hasErrors(problems) && modes[0] !== 'check')) {
    const code = exitCodeOf(problems, { findings: true })
    if (json)
      terminal.out(
        jsonText({ command: 'link', mode: modes[0] ?? 'candidates', exitCode: code, problems: jsonProblems(problems) }),
      )
    else await showFindings(terminal, desk, problems)
    return code
  }
  const session: Session = { invocation, opened, problems, desk, json }
  const [accept, pin] = [text(values.accept), text(values.pin)]
  if (accept !== undefined) return acceptLink(session, accept)
  if (pin !== undefined) return pinItems(session, lines(pin.replace(/[,\s]+/g, '\n')))
  return values.check === true ? checkAll(session) : proposeCandidates(session)
}

export const link: Command = {
  name: 'link',
  summary: 'find items of Wikidata for entities, accept links, and check those that are there',
  usage: [
    'newsgraph link [ENTITY…] [--index FILE] [--absent] [--limit N] [--json]',
    'newsgraph link --accept ENTITY=Q… --match DEGREE --evidence TEXT [--reason TEXT] [--index FILE | --label TEXT]',
    'newsgraph link --accept ENTITY=none --reason TEXT',
    'newsgraph link --pin Q… --label TEXT --evidence TEXT',
    'newsgraph link --check [--json]',
    'newsgraph link [ENTITY…] --online [--service URL]',
    'newsgraph link (--accept ENTITY=Q… --match DEGREE | --pin Q…,Q…|all | --check) --online [--wikibase URL]',
  ],
  details: `Without --accept or --pin, nothing is written. Candidates come from the lock file and from an index that you name: a table
with tabs (a header with id, label, description, aliases, types; | between several aliases or types) or JSON Lines of
the same fields; its size does not matter. --accept writes your judgement into source/entities.yaml, and what was seen
of the item into source/wikidata.lock.json, both or neither; comments and layout stay. A type is checked through the
classes that were seen: ontology/wikidata-classes.ttl says which go with which type.

With --online, candidates come from a reconciliation service (the W3C group’s API 0.2), and --accept and --pin read items,
their classes and the classes above from Wikidata into the lock file; --check looks what changed there since. A service that
does not answer has said nothing: an entity is then “not answered”, never without candidates. Answers are kept for the day,
so that work that broke off goes on where it stopped.`,
  options: {
    accept: { type: 'string', value: 'ENTITY=Q…', description: 'write this link; ENTITY=none for a judged absence' },
    match: {
      type: 'string',
      value: 'DEGREE',
      description: 'exact, close, broader (the item is wider), narrower or related',
    },
    evidence: {
      type: 'string',
      multiple: true,
      value: 'TEXT',
      description: 'where item and label were seen together; may be given several times',
    },
    reason: { type: 'string', value: 'TEXT', description: 'why no closer degree, or why there is no item' },
    pin: { type: 'string', value: 'Q…', description: 'write what was seen of an item into the lock file only' },
    label: { type: 'string', value: 'TEXT', description: 'the item’s label, if neither the lock nor an index has it' },
    description: { type: 'string', value: 'TEXT', description: 'the item’s description' },
    seen: { type: 'string', value: 'DAY', description: 'the day on which it was seen (default: today)' },
    index: {
      type: 'string',
      value: 'FILE',
      description: 'items to choose from: id, label, description, aliases, types',
    },
    absent: { type: 'boolean', description: 'also the entities that were judged to have no item' },
    limit: { type: 'string', value: 'N', description: 'at most so many candidates for each entity (default: 5)' },
    check: { type: 'boolean', description: 'hold every link against the lock: type, two of one, missing' },
    ...onlineOptions,
    json: jsonOption,
    ...deskOptions,
  },
  examples: [
    ['newsgraph link', 'candidates for every entity that nobody has judged'],
    ['newsgraph link kabul --index places.tsv', 'candidates for one entity, from an index'],
    [
      'newsgraph link --accept kabul=Q5838 --match exact --evidence "www.wikidata.org/wiki/Q5838" --label Kabul',
      'a link to an item that you looked at yourself',
    ],
    ['newsgraph link --check', 'whether the links that are there fit what was seen of their items'],
  ],
  run,
}
