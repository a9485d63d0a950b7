/** From changed annotations to what the pipeline says of them, or to the change of the graph that they bring about. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Quad } from '@rdfjs/types'
import { read } from '../../pipeline/1-read/read.ts'
import { ground } from '../../pipeline/2-ground/ground.ts'
import { link } from '../../pipeline/3-link/link.ts'
import { map } from '../../pipeline/4-map/map.ts'
import { quadsOf } from '../../pipeline/model/graph.ts'
import type { OpenedDesk } from '../../pipeline/pipeline.ts'
import { annotationsIn, type Value } from './fields.ts'
import { type Change, keyOf } from './graph.ts'

export interface Annotations {
  value: Value
  /** A problem that the annotations as they stand do not have, by its code; or how the graph changes. */
  tried(changed: Value): Promise<string | Change>
  done(): void
}

/** Prepares an article’s annotations for being changed. Throws if they do not say in JSON what they say in YAML. */
export async function annotationsOf(opened: OpenedDesk, slug: string, built: readonly Quad[]): Promise<Annotations> {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-mutate-'))
  const file = join(folder, 'annotations.json')
  const before = new Map(built.map((quad) => [keyOf(quad), quad]))
  const value = annotationsIn(join(opened.folder, `source/articles/${slug}/annotations.yaml`))

  async function compiled(changed: Value): Promise<{ problems: string[]; quads: Quad[] }> {
    writeFileSync(file, JSON.stringify(changed))
    const annotated = await read(opened, slug, relative(opened.folder, file))
    const codes = annotated.problems.map(({ code }) => code)
    if (!annotated.value) return { problems: codes, quads: [] }
    const grounded = ground(annotated.value.article, opened.ontology)
    const linked = link(grounded.value, opened.lock)
    const problems = [...codes, ...[...grounded.problems, ...linked.problems].map(({ code }) => code)]
    return { problems, quads: quadsOf(map(linked.value)) }
  }

  const plain = await compiled(value)
  const known = new Map<string, number>()
  for (const code of plain.problems) known.set(code, (known.get(code) ?? 0) + 1)
  const same = new Set(plain.quads.map(keyOf))
  if (same.size !== before.size || [...before.keys()].some((key) => !same.has(key)))
    throw new Error(`the annotations of ${slug} are another graph when they are written as JSON`)

  return {
    value,
    async tried(changed) {
      const { problems, quads } = await compiled(changed)
      const left = new Map(known)
      for (const code of problems) {
        const count = left.get(code) ?? 0
        if (count === 0) return code
        left.set(code, count - 1)
      }
      const after = new Map(quads.map((quad) => [keyOf(quad), quad]))
      return {
        removed: [...before].filter(([key]) => !after.has(key)).map(([, quad]) => quad),
        added: [...after].filter(([key]) => !before.has(key)).map(([, quad]) => quad),
      }
    },
    done: () => rmSync(folder, { recursive: true }),
  }
}
