/** `newsgraph link`: candidates for entities, links that an editor accepts, and a check of those that are there. */
import type { OpenedDesk } from '../1-read/read.ts'
import type { Seen } from '../3-link/accept.ts'
import type { KnownItem, Seeker } from '../3-link/candidates.ts'
import type { EntityNote } from '../model/article.ts'
import { nearest } from '../model/nearest.ts'
import { hasErrors, type Problem } from '../model/problem.ts'
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
  type WrongUse,
  wrongUse,
} from './command.ts'
import { showFindings } from './findings.ts'
import { candidatesText, countsText } from './link-texts.ts'

const ITEM = /^Q[1-9]\d{0,11}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const lines = (value: string | boolean | undefined): string[] => (text(value) ?? '').split('\n').filter(Boolean)
const today = (): string => new Date().toISOString().slice(0, 10)
const isWrongUse = (value: object): value is WrongUse => 'wrongUse' in value

interface Session {
  invocation: Invocation
  opened: OpenedDesk
  problems: Problem[]
  desk: string
  json: boolean
}

/** Shows the problems, or the document, and gives back the exit code. */
async function answer(session: Session, mode: string, document: object, said = '', findings = false): Promise<number> {
  const { invocation, problems, desk, json } = session
  const code = exitCodeOf(problems, { findings })
  if (json)
    invocation.terminal.out(
      jsonText({ command: 'link', mode, exitCode: code, problems: jsonProblems(problems), ...document }),
    )
  else {
    await showFindings(invocation.terminal, desk, problems)
    if (said !== '') invocation.terminal.out(said)
  }
  return code
}

/** The entity of a key that the user wrote. */
function entityOf({ register }: OpenedDesk, key: string): EntityNote | WrongUse {
  const found = register.entities.get(key.replace(/^entity[/:]/, ''))
  if (found) return found
  const close = nearest(key, register.entities.keys())
  return {
    wrongUse: `the register has no entity “${key}”.`,
    hint: close ? `Did you mean “${close}”?` : 'newsgraph list entities shows all.',
  }
}

/** Reads the index, if one is named, and tells its problems. */
async function readIndexFor({ invocation, problems }: Session, offer: (item: KnownItem) => void): Promise<void> {
  const file = text(invocation.values.index)
  if (file === undefined) return
  const { readIndex } = await import('../3-link/index-file.ts')
  invocation.terminal.progress(file)
  problems.push(...(await readIndex(file, offer)).problems)
  invocation.terminal.progress('')
}

async function proposeCandidates(session: Session): Promise<number> {
  const { invocation, opened } = session
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
  const found = sought.found()
  const said = entities.map((entity) =>
    candidatesText(entity, types.get(entity.type) ?? entity.type, found.get(entity.key) ?? []),
  )
  const rest = all.filter(absent).length
  if (entities.length === 0)
    said.push(
      `Every entity is judged: linked, or judged to have no item.${rest > 0 ? ` --absent looks again for the ${rest} that have none.` : ''}\n`,
    )
  else if ([...found.values()].some((candidates) => candidates.length > 0))
    said.push('Nothing was written. Take one with: newsgraph link --accept ENTITY=Q… --match exact --evidence "…"\n')
  const document = {
    entities: entities.map(({ key, label, type }) => ({ key, label, type, candidates: found.get(key) ?? [] })),
  }
  return answer(session, 'candidates', document, said.join('\n'))
}

/** What is known of an item: from the index, from what the user says, or from the lock as it is. */
async function known(
  session: Session,
  id: string,
  evidence: readonly string[],
  seen: string,
): Promise<Seen | undefined> {
  const { values } = session.invocation
  const label = text(values.label)
  const description = text(values.description)
  const { seenOf } = await import('../3-link/accept.ts')
  if (label !== undefined) {
    const about = description === undefined ? {} : { description }
    return seenOf({ id, label, aliases: [], from: 'index', ...about }, seen, evidence)
  }
  let item: KnownItem | undefined
  await readIndexFor(session, (one) => {
    if (one.id === id) item ??= one
  })
  return item && seenOf(item, seen, evidence)
}

const notKnown = (id: string): Problem => ({
  code: 'item-not-in-lock',
  severity: 'error',
  message: `Nothing is known of ${id}: it is neither in source/wikidata.lock.json nor in an index.`,
  hint: 'Say what you saw with --label "…" (and --description "…"), name an index with --index FILE, or read it from Wikidata with --online.',
})

async function acceptLink(session: Session, wish: string): Promise<number> {
  const { invocation, opened, problems } = session
  const { values, terminal } = invocation
  const refuse = (message: string, hint?: string): number =>
    wrongUse(terminal, 'link', { wrongUse: message, ...(hint === undefined ? {} : { hint }) })
  const [, key = '', target = ''] = /^([^=]+)=([^=]+)$/.exec(wish) ?? []
  if (target !== 'none' && !ITEM.test(target))
    return refuse(
      `“${wish}” is not ENTITY=Q….`,
      'An item is a capital Q and digits: --accept kabul=Q5838; or --accept KEY=none.',
    )
  const entity = entityOf(opened, key)
  if (isWrongUse(entity)) return wrongUse(terminal, 'link', entity)
  const [match, reason, evidence] = [text(values.match), text(values.reason), lines(values.evidence)]
  const seen = text(values.seen) ?? today()
  const degrees = [...(opened.ontology.schemes.get('MatchDegrees')?.keys() ?? [])].filter((one) => one !== 'none')
  if (!DAY.test(seen)) return refuse('--seen is a day, such as 2026-11-25.')
  if (target === 'none' && (match !== undefined || evidence.length > 0))
    return refuse('a judged absence has no degree and no evidence.', 'Say why there is none: --reason "…".')
  if (target !== 'none' && !degrees.includes(match ?? ''))
    return refuse(
      match === undefined ? 'the link needs a degree.' : `there is no match degree “${match}”.`,
      `--match is one of ${degrees.join(', ')}.`,
    )
  if (target !== 'none' && evidence.length === 0)
    return refuse('the link needs evidence.', 'Say where you saw that item and entity are the same: --evidence "…".')
  if (match !== 'exact' && reason === undefined)
    return refuse(
      target === 'none' ? 'an absence needs a reason.' : 'a link that is not exact needs a reason.',
      'Say it in one sentence: --reason "…".',
    )
  const { accept } = await import('../3-link/accept.ts')
  const id = target === 'none' ? undefined : target
  const what = id === undefined ? undefined : await known(session, id, evidence, seen)
  if (id !== undefined && !what && !opened.lock.items.has(id)) problems.push(notKnown(id))
  if (hasErrors(problems)) return answer(session, 'accept', { written: [] })
  const judgement = {
    ...(id === undefined ? {} : { id, match: match ?? '' }),
    ...(reason === undefined ? {} : { reason }),
    evidence,
    seen,
  }
  const done = await accept(opened, entity, judgement, what)
  problems.push(...done.problems)
  const label = what?.item.label ?? opened.lock.items.get(id ?? '')?.label
  const said = id === undefined ? `${entity.key}: no item.\n` : `${entity.key}: ${match} ${id} (${label}).\n`
  return answer(
    session,
    'accept',
    {
      written: done.value ? [{ entity: entity.key, item: id ?? null, match: match ?? null, label: label ?? null }] : [],
    },
    done.value ? said : '',
  )
}

async function pinItems(session: Session, ids: readonly string[]): Promise<number> {
  const { invocation, opened, problems } = session
  const { values, terminal } = invocation
  const refuse = (message: string, hint: string): number => wrongUse(terminal, 'link', { wrongUse: message, hint })
  const odd = ids.find((id) => !ITEM.test(id))
  if (odd !== undefined) return refuse(`“${odd}” is no item.`, 'An item is a capital Q and digits: --pin Q5838.')
  const [evidence, seen] = [lines(values.evidence), text(values.seen) ?? today()]
  if (!DAY.test(seen)) return refuse('--seen is a day.', 'For example 2026-11-25.')
  if (text(values.label) !== undefined && ids.length > 1)
    return refuse('--label is for one item.', 'Pin one at a time.')
  if (evidence.length === 0) return refuse('what was seen needs evidence.', 'Say where you saw it: --evidence "…".')
  const found = new Map<string, Seen>()
  for (const id of ids) {
    const what = await known(session, id, evidence, seen)
    if (what) found.set(id, what)
    else problems.push(notKnown(id))
  }
  const { pin } = await import('../3-link/accept.ts')
  if (!hasErrors(problems)) problems.push(...(await pin(opened, found)))
  const pinned = hasErrors(problems)
    ? []
    : [...found].map(
        ([
          item,
          {
            item: { label },
          },
        ]) => ({ item, label }),
      )
  return answer(
    session,
    'pin',
    { pinned },
    pinned.map(({ item, label }) => `${item} (${label}) is in the lock.\n`).join(''),
  )
}

async function checkAll(session: Session): Promise<number> {
  const { opened, problems } = session
  const { register, lock, ontology, locate } = opened
  const [{ checkLinks }, { notInLock }] = await Promise.all([
    import('../3-link/check-links.ts'),
    import('../3-link/link.ts'),
  ])
  const { problems: found, counts } = checkLinks({ entities: register.entities, lock, ontology, locate })
  const missing = [...register.entities.values()].flatMap((entity) => notInLock(entity, lock, locate))
  problems.push(...missing, ...found)
  return answer(session, 'check', { counts }, countsText(counts))
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
  ],
  details: `Without --accept or --pin, nothing is written. Candidates come from the lock file and from an index that you name: a table
with tabs (a header with id, label, description, aliases, types; | between several aliases or types) or JSON Lines of
the same fields; its size does not matter. --accept writes your judgement into source/entities.yaml, and what was seen
of the item into source/wikidata.lock.json, both or neither; comments and layout stay. A type is checked through the
classes that were seen: ontology/wikidata-classes.ttl says which go with which type.`,
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
    ['newsgraph link --check', 'whether the links there are fit what was seen of their items'],
  ],
  run,
}
