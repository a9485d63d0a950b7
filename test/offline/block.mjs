/**
 * Loaded before everything else of a process (`node --import`): whatever would open a connection, listen, or look up a name
 * is noted and refused. The notes are kept even if the refusal is caught, in `globalThis.attempts`. Programs that are
 * started are noted too, since nothing can be refused inside them.
 */
import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'

const attempts = []
const started = []
Object.assign(globalThis, { attempts, started })

const refuse = (what) =>
  function refused(...args) {
    const to = args
      .map((arg) => (typeof arg === 'object' ? JSON.stringify(arg, ['host', 'port', 'path']) : arg))
      .join(' ')
    attempts.push(`${what} ${to}`.trim())
    throw Object.assign(new Error(`${what} is blocked`), { code: 'EBLOCKED' })
  }

net.Socket.prototype.connect = refuse('net connect')
net.Server.prototype.listen = refuse('net listen')
tls.connect = refuse('tls connect')
dgram.createSocket = refuse('dgram')
dgram.Socket.prototype.bind = refuse('dgram bind')
dgram.Socket.prototype.send = refuse('dgram send')
for (const name of Object.keys(dns)) if (/^(lookup|resolve|reverse)/.test(name)) dns[name] = refuse(`dns ${name}`)
for (const name of Object.keys(dns.promises))
  if (/^(lookup|resolve|reverse)/.test(name)) dns.promises[name] = refuse(`dns ${name}`)
globalThis.fetch = refuse('fetch')
if (globalThis.WebSocket) globalThis.WebSocket = refuse('WebSocket')
for (const name of ['spawn', 'spawnSync', 'execFile', 'execFileSync', 'exec', 'execSync', 'fork']) {
  const original = childProcess[name]
  childProcess[name] = function start(file, args, ...more) {
    started.push([file, ...(Array.isArray(args) ? args : [])].join(' '))
    return original.call(this, file, args, ...more)
  }
}
syncBuiltinESMExports()
