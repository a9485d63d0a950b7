declare module 'edtf' {
  /** Throws if the text is not EDTF of the level. */
  export function parse(text: string, constraints?: { level?: 0 | 1 | 2; seasonUncertainty?: boolean }): unknown
}

declare module 'shacl-engine' {
  import type { DatasetCore, Term } from '@rdfjs/types'
  export interface ShaclResult {
    focusNode?: { term?: { value: string } }
    severity?: { value: string }
    message?: { value: string; language?: string }[]
    constraintComponent?: { value: string }
    value?: { term?: Term }
    shape?: { ptr: { term: Term; out(predicates: unknown[]): { term?: Term } } }
  }
  export class Validator {
    constructor(shapes: unknown, options: { factory: unknown })
    validate(data: { dataset: DatasetCore }): Promise<{ results: ShaclResult[] }>
  }
}
