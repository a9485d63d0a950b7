/** The commands. Each is loaded when it is called, so that `newsgraph list` does not wait for a query engine. */
import type { Command } from './command.ts'

/** Name → summary and module. The summaries stand here so that the overview loads no command. */
export const COMMANDS: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  init: {
    summary: 'make a new desk, or add an article to one',
    load: () => import('./init.ts').then((module) => module.init),
  },
  build: {
    summary: 'compile the articles of a desk into out/, and check what was written',
    load: () => import('./build.ts').then((module) => module.build),
  },
  check: {
    summary: 'ask the competency questions of what stands in out/',
    load: () => import('./check.ts').then((module) => module.check),
  },
  link: {
    summary: 'find items of Wikidata for entities, accept links, and check those that are there',
    load: () => import('./link.ts').then((module) => module.link),
  },
  query: {
    summary: 'answer a SPARQL query from out/ or from other RDF files',
    load: () => import('./query.ts').then((module) => module.query),
  },
  serve: {
    summary: 'answer SPARQL and show the desk in a browser, from out/',
    load: () => import('./serve.ts').then((module) => module.serve),
  },
  explain: {
    summary: 'show what is behind a node: the words, who says them, the annotation, what touches it',
    load: () => import('./explain.ts').then((module) => module.explain),
  },
  diff: {
    summary: 'show what a change means: annotations, triples, answers',
    load: () => import('./diff.ts').then((module) => module.diff),
  },
  load: {
    summary: 'load the desk into a triple store, and prove that the store holds it',
    load: () => import('./load.ts').then((module) => module.load),
  },
  reanchor: {
    summary: 'follow a text that changed: which anchors are kept, moved, ambiguous or lost',
    load: () => import('./reanchor.ts').then((module) => module.reanchor),
  },
  compare: {
    summary: 'show how far two people’s annotations of one article agree',
    load: () => import('./compare.ts').then((module) => module.compare),
  },
  export: {
    summary: 'write what the graph knows in a format of others: QuickStatements, SSSOM, other vocabularies',
    load: () => import('./export.ts').then((module) => module.exportCommand),
  },
  list: {
    summary: 'show the keys that can be used: entities, types, relations, claims, …',
    load: () => import('./list.ts').then((module) => module.list),
  },
}
