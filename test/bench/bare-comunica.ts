/** The yardstick of the checks: Comunica by itself, loading the same Turtle and answering the same questions and rules. */
import '../../pipeline/late-jit.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder = '.', slug = 'taliban-leverage'] = process.argv.slice(2)
const before = process.cpuUsage()
const { QueryEngine } = await import('@comunica/query-sparql')
const { Parser, Store } = await import('n3')
const turtle = readFileSync(join(folder, 'out', slug, 'graph.ttl'), 'utf8')
const store = new Store(new Parser({ format: 'text/turtle' }).parse(turtle))
const engine = new QueryEngine()
let asked = 0
for (const kind of ['questions', 'rules'])
  for (const name of readdirSync(join(folder, 'ontology', kind)).filter((file) => file.endsWith('.rq'))) {
    const query = readFileSync(join(folder, 'ontology', kind, name), 'utf8')
    await (await engine.queryBindings(query, { sources: [store] })).toArray()
    if (kind === 'questions') asked++
  }
process.stdout.write(`${JSON.stringify({ ...process.cpuUsage(before), asked })}\n`)
