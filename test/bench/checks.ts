/** What the checks of a build cost: everything after writing, from re-reading the files to the last comparison. */
import '../../pipeline/late-jit.ts'
import { openDesk } from '../../pipeline/1-read/read.ts'
import { checkOutput } from '../../pipeline/7-check/output.ts'
import { compile } from '../../pipeline/pipeline.ts'

const [folder = '.', slug = 'taliban-leverage'] = process.argv.slice(2)
const opened = (await openDesk(folder)).value
const compiled = opened && (await compile(opened, slug)).value
if (!compiled) throw new Error('the article does not compile')
const before = process.cpuUsage()
const report = await checkOutput(opened, [compiled])
process.stdout.write(`${JSON.stringify({ ...process.cpuUsage(before), asked: report.questions.length })}\n`)
