/** A build that says when it begins, for tests that end it. */
import { build } from '../../pipeline/pipeline.ts'

process.stdout.write('begun\n')
await build(process.argv[2] ?? '.', { check: false })
