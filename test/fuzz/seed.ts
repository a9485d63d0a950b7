/** Runs before each test file: with NEWSGRAPH_SEED the generated inputs are those of an earlier run; a failure prints its own. */
import fc from 'fast-check'

const { NEWSGRAPH_SEED: seed } = process.env
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) })
