// Holds in a real browser that a template can be filled in on its page: fill.mjs <fieldbook> [folder for pictures]
import { strict as assert } from 'node:assert'
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

const [binary, pictures] = process.argv.slice(2)
const fieldbook = resolve(binary)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'fieldbook-fill-'))
const site = join(folder, 'site')
const write = (path, text) => {
  mkdirSync(join(site, path, '..'), { recursive: true })
  writeFileSync(join(site, path), text)
}

const page = (version) => `---
title: Contract
date: 2026-01-05
template:
  version: ${version}
  file: contract.md
  license: CC-BY-4.0
  ask:
    - {id: vendor, label: Vendor, example: Acme}
    - {id: renewal, label: Renewal, type: date}
    - {id: price_now, label: Price, type: number}
    - {id: effort, label: Effort, type: choice, options: [light, full]}
---

Use it for *every* contract.
`
const first = 'Find the current contract and its notice period'
const reworded = 'Find the current contract and enter its notice period'
const document = (step) => `# Contract with {{vendor}}

Renews on {{renewal}} for {{price_now}} dollars; effort: {{effort}}, as \`{{effort}}\`.

- [ ] ${step}
- [x] Tell the team
  - [ ] Tell **{{vendor}}** [about it](https://example.org/)

> [!GUIDE]
> Ask {{vendor}} early.

| Who | What |
|---|---|
| Lead | talks to {{vendor}} |

- [ ] Sign
`
const answers = { vendor: 'Acme: Sons | Co', renewal: '2027-03-31', price_now: '240000', effort: 'full' }
// What the command line writes for these answers, with the first two steps ticked.
const body = `
# Contract with Acme: Sons | Co

Renews on 2027-03-31 for 240000 dollars; effort: full, as \`{{effort}}\`.

- [x] ${first}
- [x] Tell the team
  - [x] Tell **Acme: Sons | Co** [about it](https://example.org/)

> [!GUIDE]
> Ask Acme: Sons | Co early.

| Who | What |
|---|---|
| Lead | talks to Acme: Sons \\| Co |

- [ ] Sign
`
const home = 'https://playbook.example.org/templates/contract/'
const front = (hash) => `---
title: "Contract with Acme: Sons | Co"
forked_from: ${home}
template_version: 1
template_hash: ${hash}
---
`
const line = (hash) => `\nForked from [Contract, version 1](${home}v/1/#${hash}) (CC BY 4.0)\n`

const begin = () => {
  write('fieldbook.yaml', 'title: Playbook\nbase_url: https://playbook.example.org/\n')
  write('content/_index.md', '---\ntitle: Playbook\n---\n\nSee [the contract](templates/contract/index.md).\n')
  write('content/templates/contract/index.md', page(1))
  write('content/templates/contract/template.md', document(first))
}

/** Starts the server and gives its address. */
const serve = async () => {
  const server = spawn(fieldbook, ['serve', '--port', '0'], { cwd: site, stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /http:\/\/[^ ]+/.exec(line)?.[0]
    if (address) return { server, address: `${address.replace(/\/?$/, '/')}templates/contract/` }
  }
  throw new Error('the server gave no address')
}
const browserPath = () => {
  const found = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => spawnSync('which', [name], { encoding: 'utf8' }))
  const path = found.map(({ stdout }) => stdout.trim()).find((path) => path)
  if (!path) throw new Error('the test needs a browser: apt-get install chromium')
  return path
}

const part = (page, name) => page.locator(`[data-fb="${name}"]`)
const box = (page, text) => page.getByRole('checkbox', { name: text })
const hashOf = (page) => page.evaluate(() => JSON.parse(document.querySelector('.fb-form-data').textContent).hash)
const menu = (page) => page.getByText('Use this template')
const fillIn = async (page) => {
  for (const [name, value] of Object.entries(answers)) {
    const field = page.locator(`[name="${name}"]`)
    await (name === 'effort' ? field.selectOption(value) : field.fill(value))
  }
  await box(page, first).check()
  await box(page, /about it/).check({ position: { x: 5, y: 5 } })
}
const isFilled = async (page) => {
  for (const [name, value] of Object.entries(answers)) {
    assert.equal(await page.locator(`[name="${name}"]`).inputValue(), value)
    assert.equal(await page.locator(`[data-field="${name}"]`).first().textContent(), value)
  }
  assert.equal(await part(page, 'progress').textContent(), '3 of 4 steps')
  assert.equal(await box(page, first).isChecked(), true)
  assert.equal(await box(page, 'Sign').isChecked(), false)
}
const downloaded = async (page) => {
  if (!(await part(page, 'menu').getAttribute('open').then((open) => open !== null))) await menu(page).click()
  const [download] = await Promise.all([page.waitForEvent('download'), part(page, 'download').click()])
  assert.equal(download.suggestedFilename(), 'contract.md')
  return readFileSync(await download.path(), 'utf8')
}
const accept = (page, text) => page.once('dialog', (dialog) => dialog.accept(text))
const status = (page) => part(page, 'status').textContent()
const clipboard = (page, type) =>
  page.evaluate(async (type) => (await (await navigator.clipboard.read())[0].getType(type)).text(), type)

const tests = {
  async 'what is filled in is there after a reload'({ page, address }) {
    await page.goto(address)
    assert.equal(await part(page, 'progress').textContent(), '1 of 4 steps')
    await fillIn(page)
    await isFilled(page)
    await page.reload()
    await isFilled(page)
  },

  async 'the export is what the command line gives'({ page }) {
    const hash = await hashOf(page)
    assert.equal(await downloaded(page), front(hash) + body)
    await page.keyboard.press('Escape')
    await part(page, 'advice').uncheck()
    assert.equal(await page.locator('.callout-guide').isVisible(), false)
    assert.equal(await downloaded(page), front(hash) + body.replace(/> \[!GUIDE\]\n.*\n\n/, ''))
    await page.keyboard.press('Escape')
    await part(page, 'advice').check()
  },

  async 'copying gives HTML and Markdown'({ page }) {
    await menu(page).click()
    await part(page, 'rich').click()
    await page.waitForFunction(() => document.querySelector('[data-fb=status]').textContent.includes('Document copied'))
    assert.equal(await clipboard(page, 'text/plain'), body.slice(1) + line(await hashOf(page)))
    const html = await clipboard(page, 'text/html')
    for (const expected of ['Contract with Acme: Sons | Co </h1>', '☑ Tell the team', '☐ Sign', '>talks to Acme: Sons | Co</td>', 'Contract, version 1</a> (CC BY 4.0)']) {
      assert(html.includes(expected), `${expected} in ${html}`)
    }
    assert(!html.includes('<input'), html)
    await page.evaluate(() => {
      // As on a host without https.
      Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })
      document.addEventListener('copy', () => (window.isOld = true), { once: true })
    })
    await part(page, 'markdown').click()
    await page.waitForFunction(() => document.querySelector('[data-fb=status]').textContent === 'Markdown copied.')
    assert.equal(await page.evaluate(() => window.isOld), true)
    await page.reload()
    assert.equal(await clipboard(page, 'text/plain'), body.slice(1) + line(await hashOf(page)))
  },

  async 'links to repositories carry the filled Markdown'({ page }) {
    const hash = await hashOf(page)
    await menu(page).click()
    assert.equal(await part(page, 'file').isVisible(), false)
    await part(page, 'repository').fill('acme/contracts')
    const address = async (name) => new URL(await part(page, name).getAttribute('href'))
    const file = await address('file')
    assert.equal(file.origin + file.pathname, 'https://github.com/acme/contracts/new/main')
    assert.deepEqual(Object.fromEntries(file.searchParams), { filename: 'contract.md', value: front(hash) + body })
    assert(file.href.includes('Contract+with') && file.href.length <= 8191)
    const issue = await address('issue')
    assert.equal(issue.pathname, '/acme/contracts/issues/new')
    assert.equal(issue.searchParams.get('body'), body.slice(1) + line(hash))
    await part(page, 'forge').selectOption('gitlab')
    await part(page, 'repository').fill('https://gitlab.example.org/a/b/c.git')
    assert.equal((await address('file')).href, 'https://gitlab.example.org/a/b/c/-/new/main?file_name=contract.md')
    assert.equal((await address('issue')).searchParams.get('issue[description]'), body.slice(1) + line(hash))
    await part(page, 'forge').selectOption('gitea')
    await part(page, 'repository').fill('https://git.example.org/a/b')
    await page.keyboard.press('Tab')
    assert.equal((await address('file')).pathname, '/a/b/_new/main/')
    await page.reload()
    assert.equal(await part(page, 'repository').inputValue(), 'https://git.example.org/a/b')
  },

  async 'answers that are too long are copied instead'({ page }) {
    const long = 'long '.repeat(1000).trim()
    await page.locator('[name=vendor]').fill(long)
    await menu(page).click()
    assert.match(await part(page, 'file').textContent(), /^Copy and open/)
    const href = await part(page, 'file').getAttribute('href')
    assert(href.length < 200 && !href.includes('value='), href)
    await page.evaluate(() => (window.open = (address) => (window.opened = address)))
    await part(page, 'file').click()
    await page.waitForFunction(() => window.opened)
    assert((await clipboard(page, 'text/plain')).includes(long))
    await page.keyboard.press('Escape')
    await page.locator('[name=vendor]').fill(answers.vendor)
  },

  async 'a filled-in copy is read back'({ page }) {
    const text = await downloaded(page)
    accept(page)
    await page.keyboard.press('Escape')
    await part(page, 'reset').click()
    assert.equal(await part(page, 'progress').textContent(), '1 of 4 steps')
    const changed = text.replace('Tell the team', 'Tell the whole team').replaceAll('\n', '\r\n')
    await part(page, 'import').setInputFiles({ name: 'mine.md', mimeType: 'text/markdown', buffer: Buffer.from(changed) })
    await page.waitForFunction(() => document.querySelector('[data-fb=status]').textContent.includes('were read'))
    await isFilled(page)
    assert.equal(await downloaded(page), text)
    await page.keyboard.press('Escape')
  },

  async 'copies have names'({ page }) {
    const names = () => part(page, 'runs').locator('option').allTextContents()
    accept(page, 'Acme 2027')
    await part(page, 'new').click()
    assert.deepEqual([(await names()).at(-1), await page.locator('[name=vendor]').inputValue()], ['Acme 2027', ''])
    accept(page, 'Acme 2028')
    await part(page, 'rename').click()
    assert.equal((await names()).at(-1), 'Acme 2028')
    accept(page)
    await part(page, 'delete').click()
    assert.deepEqual(await names(), ['My copy', 'mine'])
    await part(page, 'runs').selectOption('1')
    await isFilled(page)
  },

  async 'a link carries what is filled in'({ page, browser, address }) {
    await part(page, 'link').click()
    await page.waitForFunction(() => document.querySelector('[data-fb=status]').textContent === 'Link copied.')
    const link = await clipboard(page, 'text/plain')
    assert(link.startsWith(`${address}#fill=`), link)
    const other = await (await browser.newContext()).newPage()
    await other.goto(link)
    await isFilled(other)
    assert.equal(other.url(), address)
    await other.goto(`${address}#fill=bm9uc2Vuc2U`)
    await other.reload()
    assert.deepEqual(await part(other, 'runs').locator('option').count(), 2)
    await other.context().close()
  },

  async 'a new version keeps the ticks'({ page, address }) {
    await page.goto('about:blank')
    write('content/templates/contract/index.md', page_of(2))
    write('content/templates/contract/template.md', document_of(reworded))
    for (let tries = 0; tries < 100 && !(await fetch(address).then((page) => page.text())).includes(reworded); tries++) {
      await new Promise((done) => setTimeout(done, 100))
    }
    await page.goto(address)
    assert.equal(await part(page, 'progress').textContent(), '3 of 4 steps')
    assert.equal(await box(page, reworded).isChecked(), true)
    assert.match(await status(page), /brought over from another version/)
  },

  async 'the menu works by keyboard'({ page, address }) {
    await page.goto(address)
    await menu(page).focus()
    await page.keyboard.press('Enter')
    assert.equal(await part(page, 'rich').isVisible(), true)
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.dataset.fb), 'rich')
    await page.keyboard.press('Escape')
    assert.equal(await part(page, 'rich').isVisible(), false)
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY')
  },

  async 'axe finds nothing'({ page }) {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme })
      for (const isOpen of [false, true]) {
        await part(page, 'menu').evaluate((menu, isOpen) => (menu.open = isOpen), isOpen)
        const found = await page.evaluate(`${axe}; axe.run()`)
        assert.deepEqual(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], colorScheme)
      }
    }
  },

  async 'without script the page is complete'({ browser, address }) {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(address)
    await box(page, 'Sign').check()
    await page.getByText('Tell the team').click()
    assert.deepEqual([await box(page, 'Sign').isChecked(), await box(page, 'Tell the team').isChecked()], [true, false])
    assert.equal(await page.locator('[data-field=vendor]').first().textContent(), 'Vendor')
    assert.equal(await page.locator('.fb-asks').isVisible(), true)
    assert.equal(await part(page, 'fill').isVisible(), false)
    await menu(page).click()
    assert.deepEqual(await page.locator('.fb-use-panel').locator('a:visible, button:visible').allTextContents(), ['Markdown', 'Word', 'Web page', 'Table (CSV)'])
    assert.match(await part(page, 'command').textContent(), /^fieldbook fork https:.* contract\.md$/)
    await part(page, 'advice').uncheck({ force: true })
    assert.equal(await page.locator('.callout-guide').isVisible(), false)
    await context.close()
  },
}
const [page_of, document_of] = [page, document]

const pictureOf = async (page, address) => {
  await page.goto(address)
  for (const [width, height] of [[360, 740], [768, 1000], [1440, 900]]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: join(pictures, `fill-${width}-${colorScheme}.png`), fullPage: true })
    }
  }
  await page.pdf({ path: join(pictures, 'fill.pdf'), format: 'A4' })
}

const run = async () => {
  begin()
  const { server, address } = await serve()
  const isRoot = process.getuid?.() === 0
  const browser = await chromium.launch({ executablePath: browserPath(), args: isRoot ? ['--no-sandbox'] : [] })
  try {
    const permissions = ['clipboard-read', 'clipboard-write']
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const complaints = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    for (const [name, test] of Object.entries(tests)) {
      await test({ page, browser, address })
      assert.deepEqual(complaints, [], name)
      console.log(`ok: ${name}`)
    }
    if (pictures) await pictureOf(page, address)
  } finally {
    await browser.close()
    server.kill('SIGINT')
    rmSync(folder, { recursive: true, force: true })
  }
}

await run()
