/** What is added to the register, and that nothing else in it changes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Judgement, withJudgement } from '../../pipeline/3-link/edit-register.ts'

const link: Judgement = { id: 'Q42', match: 'exact', evidence: ['a page: "Quay"', 'b'], seen: '2026-11-25' }
const absence: Judgement = { reason: 'None fits: too small.', evidence: [], seen: '2026-11-25' }
const LINES = `      - id: Q42
        match: exact
        evidence:
          - "a page: \\"Quay\\""
          - "b"
        seen: 2026-11-25`

/** Before, the judgement, and after; `KEY` is the entity that is meant. */
const cases: [name: string, before: string, judgement: Judgement, after: string | undefined][] = [
  [
    'the last entity',
    'entities:\n  quay:\n    label: Quay # the old one\n    type: place\n',
    link,
    `entities:\n  quay:\n    label: Quay # the old one\n    type: place\n    wikidata:\n${LINES}\n`,
  ],
  [
    'an entity before another, with comments and an empty line between',
    'entities:\n  quay:\n    label: Quay\n    type: place # or a facility\n\n  # The rest\n  other: {label: Other, type: place}\n',
    link,
    `entities:\n  quay:\n    label: Quay\n    type: place # or a facility\n    wikidata:\n${LINES}\n\n  # The rest\n  other: {label: Other, type: place}\n`,
  ],
  [
    'no line end at the end of the file',
    'entities:\n  quay:\n    label: Quay\n    type: place',
    absence,
    'entities:\n  quay:\n    label: Quay\n    type: place\n    wikidata:\n      - none: true\n        reason: "None fits: too small."\n        seen: 2026-11-25',
  ],
  [
    'another indentation',
    'entities:\n    quay:\n        label: Quay\n        type: place\n',
    absence,
    'entities:\n    quay:\n        label: Quay\n        type: place\n        wikidata:\n          - none: true\n            reason: "None fits: too small."\n            seen: 2026-11-25\n',
  ],
  [
    'line ends of Windows',
    'entities:\r\n  quay:\r\n    label: Quay\r\n    type: place\r\n',
    absence,
    'entities:\r\n  quay:\r\n    label: Quay\r\n    type: place\r\n    wikidata:\r\n      - none: true\r\n        reason: "None fits: too small."\r\n        seen: 2026-11-25\r\n',
  ],
  [
    'beside another link',
    'entities:\n  quay:\n    label: Quay\n    wikidata:\n    - id: Q1 # seen\n      match: close\n      reason: |\n        Nearly.\n    type: place\n',
    link,
    `entities:\n  quay:\n    label: Quay\n    wikidata:\n    - id: Q1 # seen\n      match: close\n      reason: |\n        Nearly.\n${LINES.replaceAll(/^ {2}/gm, '')}\n    type: place\n`,
  ],
  [
    'in place of an absence',
    'entities:\n  quay:\n    label: Quay\n    wikidata:\n      - none: true\n        reason: Not seen.\n    # what it is\n    type: place\n',
    link,
    `entities:\n  quay:\n    label: Quay\n    wikidata:\n${LINES}\n    # what it is\n    type: place\n`,
  ],
  [
    'in place of an absence in brackets',
    'entities:\n  quay:\n    label: Quay\n    type: place\n    wikidata: [{none: true, reason: Not seen.}] # for now\n',
    link,
    'entities:\n  quay:\n    label: Quay\n    type: place\n    wikidata: [{id: Q42, match: exact, evidence: ["a page: \\"Quay\\"", "b"], seen: 2026-11-25}] # for now\n',
  ],
  [
    'beside another link in brackets',
    'entities:\n  quay: {label: Quay, type: place, wikidata: [{id: Q1, match: exact}]}\n',
    { ...link, match: 'close', reason: 'Nearly.' },
    'entities:\n  quay: {label: Quay, type: place, wikidata: [{id: Q1, match: exact}, {id: Q42, match: close, reason: "Nearly.", evidence: ["a page: \\"Quay\\"", "b"], seen: 2026-11-25}]}\n',
  ],
  [
    'an entity in brackets',
    'entities: {quay: {label: Quay, type: place}}\n',
    absence,
    'entities: {quay: {label: Quay, type: place, wikidata: [{none: true, reason: "None fits: too small.", seen: 2026-11-25}]}}\n',
  ],
  ['an entity that is not there', 'entities:\n  other: {label: Other, type: place}\n', link, undefined],
  [
    'a second absence beside a link',
    'entities:\n  quay: {label: Q, type: place, wikidata: {id: Q1}}\n',
    link,
    undefined,
  ],
]

describe('a judgement is added to the register', () => {
  test.each(cases)('%s', (_name, before, judgement, after) => {
    expect(withJudgement(before, 'quay', judgement)).toBe(after)
  })

  test('whatever words it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.constantFrom(
          'entities:\n  quay:\n    label: Quay\n    type: place\n',
          'entities: {quay: {label: Q, type: place}}\n',
        ),
        (words, before) => {
          fc.pre(words.isWellFormed() && words.trim() !== '')
          const after = withJudgement(before, 'quay', { ...link, evidence: [words] })
          expect(after).toBeDefined()
        },
      ),
      // What YAML would read as something else than words.
      {
        examples: ['true', 'null', '-', '~', '1e3', '0x1f', '2026-11-25', '# a', 'a: b'].map((words) => [
          words,
          'entities:\n  quay:\n    label: Quay\n    type: place\n',
        ]),
      },
    )
  })
})
