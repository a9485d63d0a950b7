/** OpenLink Virtuoso 7, as Debian packages it. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answers, freePort, startServer } from './server.ts'
import { INSTALL, type Running, type Store } from './store.ts'

export const PACKAGE = 'virtuoso-opensource-7-bin'
const PROGRAM = '/usr/bin/virtuoso-t'

// All that Virtuoso listens on or writes to is named, so that it is nowhere else.
const settings = (folder: string, sqlPort: number, port: number): string => `[Database]
DatabaseFile = ${folder}/virtuoso.db
ErrorLogFile = ${folder}/virtuoso.log
LockFile = ${folder}/virtuoso.lck
TransactionFile = ${folder}/virtuoso.trx
xa_persistent_file = ${folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = ${folder}/virtuoso-temp.db
TransactionFile = ${folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:${sqlPort}
DirsAllowed = ${folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:${port}
ServerRoot = ${folder}
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
`

/** Starts Virtuoso with the result limit that Debian sets (10,000 rows); `sqlPort` is for isql-vt. */
export async function startVirtuoso(folder: string): Promise<Running & { sqlPort: number }> {
  const [sqlPort, port] = [await freePort(), await freePort()]
  const file = join(folder, 'virtuoso.ini')
  writeFileSync(file, settings(folder, sqlPort, port))
  const url = `http://127.0.0.1:${port}`
  const { stop } = await startServer([PROGRAM, '-f', '+configfile', file], {
    folder,
    ready: () => answers(`${url}/sparql?query=ASK%7B%7D`),
  })
  return { url, credentials: { user: 'dba', password: 'dba' }, sqlPort, stop }
}

export const virtuoso: Store = {
  name: 'virtuoso',
  missing: () => (existsSync(PROGRAM) ? undefined : `Debian’s ${PACKAGE}: ${INSTALL}, or apt-get install ${PACKAGE}`),
  start: startVirtuoso,
}
