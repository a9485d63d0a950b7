/** The stages give RDF/JS quads, so that a dataset library takes them as they are. */
import { fileURLToPath } from 'node:url'
import rdf from 'rdf-ext'
import { expect, test } from 'vitest'
import { quadsOf } from '../../pipeline/model/graph.ts'
import { ng } from '../../pipeline/model/vocabulary.ts'
import { compile, openDesk } from '../../pipeline/pipeline.ts'

const DESK = fileURLToPath(new URL('../..', import.meta.url))

test('rdf-ext takes the quads of a graph, matches them, and writes the same canonical form', async () => {
  const opened = (await openDesk(DESK)).value
  const compiled = opened && (await compile(opened, 'taliban-leverage')).value
  expect(compiled).toBeDefined()
  if (!compiled) return
  const dataset = rdf.dataset(quadsOf(compiled.graph))
  expect(dataset.size).toBe(compiled.summary.triples)
  expect(dataset.match(null, ng.content).size).toBe(dataset.match(null, null, ng.Claim).size)
  expect(dataset.toCanonical()).toBe(compiled.files['graph.nt'])
})
