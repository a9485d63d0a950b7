import { readdirSync, readFileSync } from 'node:fs'
import { loadFiles, runQuery } from './7-check/sparql.ts'
const { value: store } = await loadFiles(['out/taliban-leverage/graph.ttl'])
process.on('exit', () => console.log('EXIT during', now))
let now = ''
const P = 'PREFIX ng: <https://w3id.org/newsgraph/ontology#> '
for (const q of ['SELECT * { ?s ?p ?o } LIMIT 2', 'SELECT DISTINCT ?a { ?a ng:premise ?p }','SELECT DISTINCT ?c { ?c ^ng:premise ?x }','SELECT DISTINCT ?c { ?c ^ng:premise/ng:conclusion ?x }','SELECT DISTINCT ?c { ?a ng:premise ?c . ?c (^ng:premise/ng:conclusion)+ ?c }','SELECT DISTINCT ?c ?d { ?a ng:premise ?c . ?c (^ng:premise/ng:conclusion)+ ?d }']) { now = q
 const t = Date.now(); const r = await runQuery(P+q, store); console.log(q, Date.now()-t, r.problems, r.value?.kind === 'bindings' ? r.value.rows.length : '') }
