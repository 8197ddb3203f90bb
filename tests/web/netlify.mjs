// Holds that Netlify's own parsers accept what a build wrote: netlify.mjs <output folder> <netlify.toml>
import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import process from 'node:process'

import { resolveConfig } from '@netlify/config'
import { parseAllHeaders } from '@netlify/headers-parser'
import { parseAllRedirects } from '@netlify/redirect-parser'

const [folder, toml] = process.argv.slice(2)
const faults = []
const hold = (condition, message) => condition || faults.push(message)

const redirects = await parseAllRedirects({ redirectsFiles: [join(folder, '_redirects')], configRedirects: [], minimal: false })
redirects.errors.forEach((error) => faults.push(`_redirects: ${error.message}`))
for (const { path, to, status, force } of redirects.redirects) {
  hold(status === 301 && force, `_redirects: ${path} is not a forced 301`)
  const target = new URL(to, 'https://x.example').pathname
  await access(join(folder, decodeURIComponent(target), target.endsWith('/') ? 'index.html' : '')).catch(() =>
    faults.push(`_redirects: ${path} leads to ${to}, which was not built`),
  )
}

const headers = await parseAllHeaders({ headersFiles: [join(folder, '_headers')], configHeaders: [], minimal: false })
headers.errors.forEach((error) => faults.push(`_headers: ${error.message}`))
const everywhere = headers.headers.find((header) => header.for === '/*')?.values ?? {}
hold(/default-src 'none'/.test(everywhere['Content-Security-Policy'] ?? ''), '_headers: no strict policy for /*')

const { config } = await resolveConfig({ config: resolve(toml), mode: 'cli', offline: true })
hold(config.build.publish.endsWith('public'), `netlify.toml: publishes ${config.build.publish}`)
hold(/fieldbook|cargo run/.test(config.build.command), `netlify.toml: builds with ${config.build.command}`)

faults.forEach((fault) => console.log(fault))
console.log(`${redirects.redirects.length} redirects, ${headers.headers.length} header rules, ${faults.length} faults`)
process.exit(faults.length > 0 ? 1 : 0)
