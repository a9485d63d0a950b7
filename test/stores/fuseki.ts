/** Apache Jena Fuseki 5 with a TDB2 database on disk and a password, as a desk would run it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jar, missingJava } from './java.ts'
import { answers, freePort, startServer } from './server.ts'
import type { Store } from './store.ts'

export const fuseki: Store = {
  name: 'fuseki',
  missing: () => missingJava('fuseki'),
  async start(folder) {
    const port = await freePort()
    const database = join(folder, 'database')
    mkdirSync(database, { recursive: true })
    const passwords = join(folder, 'passwords')
    writeFileSync(passwords, 'desk: of-the-desk\n')
    const listen = ['--localhost', '--port', String(port), '--auth=basic', `--passwd=${passwords}`]
    const { stop } = await startServer(
      ['java', '-Xmx1g', '-jar', jar('fuseki'), ...listen, '--tdb2', `--loc=${database}`, '--update', '/desk'],
      { folder, ready: () => answers(`http://127.0.0.1:${port}/$/ping`), env: { FUSEKI_BASE: join(folder, 'run') } },
    )
    return { url: `http://127.0.0.1:${port}/desk`, credentials: { user: 'desk', password: 'of-the-desk' }, stop }
  },
}
