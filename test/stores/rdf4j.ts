/** Eclipse RDF4J Server with a native repository on disk, in a servlet container. */
import { join } from 'node:path'
import { jar, missingJava } from './java.ts'
import { answers, freePort, startServer } from './server.ts'
import type { Store } from './store.ts'

const REPOSITORY = `@prefix rep: <http://www.openrdf.org/config/repository#> .
@prefix sr: <http://www.openrdf.org/config/repository/sail#> .
@prefix sail: <http://www.openrdf.org/config/sail#> .
@prefix native: <http://www.openrdf.org/config/sail/native#> .
[] a rep:Repository ;
  rep:repositoryID "desk" ;
  rep:repositoryImpl [
    rep:repositoryType "openrdf:SailRepository" ;
    sr:sailImpl [ sail:sailType "openrdf:NativeStore" ; native:tripleIndexes "spoc,posc,cspo" ] ] .
`

export const rdf4j: Store = {
  name: 'rdf4j',
  missing: () => missingJava('rdf4j', 'jetty'),
  async start(folder) {
    const port = await freePort()
    const server = `http://127.0.0.1:${port}/rdf4j-server`
    const data = `-Dorg.eclipse.rdf4j.appdata.basedir=${join(folder, 'data')}`
    const listen = ['--host', '127.0.0.1', '--port', String(port), '--path', '/rdf4j-server']
    const { stop } = await startServer(
      ['java', '-Xmx1g', data, `-Djava.io.tmpdir=${folder}`, '-jar', jar('jetty'), ...listen, jar('rdf4j')],
      { folder, ready: () => answers(`${server}/protocol`) },
    )
    const url = `${server}/repositories/desk`
    // A repository has to be made before anything can be loaded; 409: it is there from the last start.
    const made = await fetch(url, { method: 'PUT', headers: { 'content-type': 'text/turtle' }, body: REPOSITORY })
    if (made.ok || made.status === 409) return { url, stop }
    await stop()
    throw new Error(`no repository: ${made.status} ${await made.text()}`)
  },
}
