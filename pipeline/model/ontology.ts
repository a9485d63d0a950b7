/** What the pipeline needs to know of the ontology: listed values by their keys, the context, and the time bounds. */

export interface ListedValue {
  key: string
  iri: string
  label: string
  definition?: string
  /** Of a relation: the Wikidata property that means the same. */
  wikidata?: WikidataProperty
}

export interface WikidataProperty {
  /** `P…` */
  id: string
  /** Its name in Wikibase's JSON, such as `wikibase-item`; absent if it was seen nowhere. */
  datatype?: string
  /** Where the datatype was seen. */
  source?: string
}
/** Scheme (local name, such as `ClaimTypes`) → key → value, in the order of the keys. */
export type Schemes = ReadonlyMap<string, ReadonlyMap<string, ListedValue>>

export interface MonthDays {
  /** `MM-DD` */
  from: string
  to: string
}
export interface TimeTable {
  /** Season number of EDTF (21–24) → its days, for each hemisphere. `to` before `from` means the next year. */
  seasons: Record<'north' | 'south', Record<string, MonthDays>>
  /** By how many units of its own precision a qualified date widens at each end. */
  widen: Record<'~' | '?' | '%', number>
}

/** What may be proposed to Wikidata, and which of its properties say what of a reference or a time. */
export interface StatementTable {
  /** Keys of the genres of which nothing is proposed. */
  refusedGenres: readonly string[]
  /** What a reference or qualifier says → the property that says it. */
  properties: ReadonlyMap<string, WikidataProperty>
}

/** A class of Wikidata, and the types (IRIs) that an entity may have which is one of its instances. */
export interface WikidataClass {
  label?: string
  types: ReadonlySet<string>
}

/** A text file of the ontology: a query with its header comments, or shapes. */
export interface OntologyFile {
  /** As shown to people: `ontology/questions/01-own-voice.rq`. */
  file: string
  /** Without its ending: `01-own-voice`. */
  name: string
  text: string
}

export interface Ontology {
  schemes: Schemes
  entityTypes: ReadonlyMap<string, ListedValue>
  eventTypes: ReadonlyMap<string, ListedValue>
  relations: ReadonlyMap<string, ListedValue>
  /** `Q…` → what its instances may be. */
  wikidataClasses: ReadonlyMap<string, WikidataClass>
  context: unknown
  time: TimeTable
  shapes: OntologyFile[]
  questions: OntologyFile[]
  /** Questions that ask Wikidata as well, from `questions/wikidata/`: never asked in a build. */
  online: OntologyFile[]
  rules: OntologyFile[]
  /** CONSTRUCT queries for consumers of other vocabularies. */
  exports: OntologyFile[]
  statements: StatementTable
  /** SHA-256 of everything that was read, in a fixed order. */
  sha256: string
}
