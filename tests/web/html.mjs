// Holds that every page of built sites is valid HTML, by the Nu checker: html.mjs <output folder> …
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const folders = process.argv.slice(2)
const jar = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar')
const options = ['-Xss4m', '-jar', jar, '--skip-non-html', '--format', 'json', '--exit-zero-always', ...folders]
const run = spawnSync('java', options, { encoding: 'utf8', maxBuffer: 1 << 28 })
if (run.error || run.status !== 0) {
  console.log(run.error?.message ?? run.stderr)
  process.exit(2)
}
const { messages } = JSON.parse(run.stderr)
// The checker misreads the digest of a style or script that has several lines, so those are taken anew here.
const isAllowed = (url) => {
  const html = readFileSync(fileURLToPath(url), 'utf8')
  const inline = [...html.matchAll(/<(style|script)>(.*?)<\/\1>/gs)].map(([, , text]) => text)
  return inline.every((text) => html.includes(`'sha256-${createHash('sha256').update(text).digest('base64')}'`))
}
const isMisread = ({ url, message }) => /violates Content Security Policy.*nonce\/hash/.test(message) && isAllowed(url)
const isFault = (found) => (found.type === 'error' || found.subType === 'warning') && !isMisread(found)
const faults = messages.filter(isFault)
for (const { url, lastLine, message, extract } of faults.slice(0, 50)) {
  console.log(`${url.replace(/^file:/, '')}:${lastLine}: ${message}\n    ${(extract ?? '').trim().replace(/\s+/g, ' ')}`)
}
console.log(`${faults.length} faults found by the Nu checker`)
process.exit(faults.length > 0 ? 1 : 0)
