/** From changed annotations, or a changed register, to what the pipeline says of them, or to the change of the graph that they bring about. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Quad } from '@rdfjs/types'
import { read } from '../../pipeline/1-read/read.ts'
import { ground } from '../../pipeline/2-ground/ground.ts'
import { link } from '../../pipeline/3-link/link.ts'
import { map } from '../../pipeline/4-map/map.ts'
import { quadsOf } from '../../pipeline/model/graph.ts'
import type { Problem } from '../../pipeline/model/problem.ts'
import { type OpenedDesk, openDesk } from '../../pipeline/pipeline.ts'
import { type Value, valueIn } from './fields.ts'
import { type Change, keyOf } from './graph.ts'

/** A file that a person writes, and what becomes of the graph if it says something else. */
export interface Source {
  value: Value
  /** A problem that the file as it stands does not have, by its code; or how the graph changes. */
  tried(changed: Value): Promise<string | Change>
}

export interface Sources {
  annotations: Source
  register: Source
  done(): void
}

interface Made {
  problems: readonly Problem[]
  quads: readonly Quad[]
}

async function made(opened: OpenedDesk, slug: string, file?: string): Promise<Made> {
  const annotated = await read(opened, slug, file)
  if (!annotated.value) return { problems: annotated.problems, quads: [] }
  const grounded = ground(annotated.value.article, opened.ontology)
  const linked = link(grounded.value, opened.lock, opened.ontology)
  const problems = [...annotated.problems, ...grounded.problems, ...linked.problems]
  return { problems, quads: quadsOf(map(linked.value)) }
}

async function sourceOf(
  value: Value,
  compiled: (changed: Value) => Promise<Made>,
  built: ReadonlyMap<string, Quad>,
): Promise<Source> {
  const plain = await compiled(value)
  const known = new Map<string, number>()
  for (const { code } of plain.problems) known.set(code, (known.get(code) ?? 0) + 1)
  const same = new Set(plain.quads.map(keyOf))
  if (same.size !== built.size || [...built.keys()].some((key) => !same.has(key)))
    throw new Error('what is written in YAML gives another graph when it is written as JSON')
  return {
    value,
    async tried(changed) {
      const { problems, quads } = await compiled(changed)
      const left = new Map(known)
      for (const { code } of problems) {
        const count = left.get(code) ?? 0
        if (count === 0) return code
        left.set(code, count - 1)
      }
      const after = new Map(quads.map((quad) => [keyOf(quad), quad]))
      return {
        removed: [...built].filter(([key]) => !after.has(key)).map(([, quad]) => quad),
        added: [...after].filter(([key]) => !built.has(key)).map(([, quad]) => quad),
      }
    },
  }
}

/**
 * Prepares an article’s annotations and the desk’s register for being changed. Throws if they do not say in JSON what
 * they say in YAML.
 */
export async function sourcesOf(opened: OpenedDesk, slug: string, quads: readonly Quad[]): Promise<Sources> {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-mutate-'))
  const built = new Map(quads.map((quad) => [keyOf(quad), quad]))
  const annotationsFile = join(folder, 'annotations.json')
  cpSync(join(opened.folder, 'source'), join(folder, 'source'), { recursive: true })
  const registerFile = join(folder, 'source/entities.yaml')
  return {
    annotations: await sourceOf(
      valueIn(join(opened.folder, `source/articles/${slug}/annotations.yaml`)),
      (changed) => {
        writeFileSync(annotationsFile, JSON.stringify(changed))
        return made(opened, slug, relative(opened.folder, annotationsFile))
      },
      built,
    ),
    register: await sourceOf(
      valueIn(join(opened.folder, 'source/entities.yaml')),
      async (changed) => {
        writeFileSync(registerFile, JSON.stringify(changed))
        const { value, problems } = await openDesk(folder)
        if (!value) return { problems, quads: [] }
        const { problems: ofArticle, quads } = await made(value, slug)
        return { problems: [...problems, ...ofArticle], quads }
      },
      built,
    ),
    done: () => rmSync(folder, { recursive: true }),
  }
}
