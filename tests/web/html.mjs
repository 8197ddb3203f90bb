// Holds that every page of built sites is valid HTML, by the Nu checker: html.mjs <output folder> …
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'

const folders = process.argv.slice(2)
const jar = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar')
const options = ['-Xss4m', '-jar', jar, '--skip-non-html', '--format', 'json', '--exit-zero-always', ...folders]
const run = spawnSync('java', options, { encoding: 'utf8', maxBuffer: 1 << 28 })
if (run.error || run.status !== 0) {
  console.log(run.error?.message ?? run.stderr)
  process.exit(2)
}
const { messages } = JSON.parse(run.stderr)
const faults = messages.filter(({ type, subType }) => type === 'error' || subType === 'warning')
for (const { url, lastLine, message, extract } of faults.slice(0, 50)) {
  console.log(`${url.replace(/^file:/, '')}:${lastLine}: ${message}\n    ${(extract ?? '').trim().replace(/\s+/g, ' ')}`)
}
console.log(`${faults.length} faults found by the Nu checker`)
process.exit(faults.length > 0 ? 1 : 0)
