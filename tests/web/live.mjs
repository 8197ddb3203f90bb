// Holds in a real browser what `fieldbook serve` promises to somebody who writes: live.mjs <fieldbook> [folder for pictures]
import { strict as assert } from 'node:assert'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

const [binary, pictures] = process.argv.slice(2)
const fieldbook = resolve(binary)
const folder = mkdtempSync(join(tmpdir(), 'fieldbook-live-'))
const site = join(folder, 'site')
const at = (path) => join(site, path)
// As most editors write: half a file is never seen.
const write = (path, text) => {
  writeFileSync(join(folder, 'written'), text)
  renameSync(join(folder, 'written'), at(path))
}
const edit = (path, from, to) => {
  const text = readFileSync(at(path), 'utf8')
  assert(text.includes(from), `${path} has no ${from}`)
  write(path, text.replace(from, to))
}

const sections = Array.from({ length: 40 }, (_, n) => `## Part ${n}\n\n${`Words of part ${n}. `.repeat(60)}\n`)
const long = (start) => `---\ntitle: A long page\ndate: 2026-01-05\n---\n\n${start}\n\n${sections.join('\n')}`

/** Starts the server and gives its address. */
const serve = async (port) => {
  const server = spawn(fieldbook, ['serve', '--port', String(port)], { cwd: site, stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /http:\/\/[^ ]+/.exec(line)?.[0]
    if (address) return { server, address }
  }
  throw new Error('the server gave no address')
}

const ended = (child) => new Promise((done) => (child.exitCode === null ? child.once('exit', done) : done()))
const browserPath = () => {
  const found = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => spawnSync('which', [name], { encoding: 'utf8' }))
  const path = found.map(({ stdout }) => stdout.trim()).find((path) => path)
  if (!path) throw new Error('the test needs a browser: apt-get install chromium')
  return path
}

/** What the overlay shows, by the texts in it; null if there is none. */
const overlay = (page) =>
  page.evaluate(() => {
    const shadow = document.querySelector('fieldbook-faults:not(.gone)')?.shadowRoot
    if (!shadow) return null
    const text = (selector) => Array.from(shadow.querySelectorAll(selector), (element) => element.textContent)
    const isShown = (selector) => !shadow.querySelector(selector).hidden
    return {
      isOpen: isShown('section'), isBadge: isShown('.badge'), title: text('h2')[0],
      messages: text('.message'), excerpts: text('pre'), links: Array.from(shadow.querySelectorAll('a'), (a) => a.href),
    }
  })
const until = async (what, isSo, value) => {
  for (let tries = 0; tries < 300; tries++) {
    // A page that is just being reloaded cannot be asked.
    const found = await value().catch(() => undefined)
    if (found !== undefined && isSo(found)) return found
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`${what}: it did not come to be; last ${String(JSON.stringify(await value())).slice(0, 400)}`)
}
const shows = (page, text) => until(`the page shows ${text}`, (body) => body.includes(text), () => page.textContent('body'))
const topOf = (page, id) => page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top, id)

const tests = {
  async 'an edited page opens where it was'({ page, open }) {
    await open('guides/long/')
    await page.evaluate(() => {
      document.getElementById('part-20').scrollIntoView({ behavior: 'instant' })
      scrollBy({ top: 150, behavior: 'instant' })
      document.querySelector('main details').open = true
    })
    const before = await topOf(page, 'part-20')
    assert(before > -200 && before < -100, `${before}`)
    write('content/guides/long.md', long(`<details><summary>More</summary>\n\nHidden.\n\n</details>\n\n${'It grew. '.repeat(300)}`))
    await shows(page, 'It grew.')
    await page.waitForLoadState('load')
    await until('the place', (top) => Math.abs(top - before) < 2, () => topOf(page, 'part-20'))
    assert.equal(await page.evaluate(() => document.querySelector('main details').open), true)
    await until('the browser may restore again', (now) => now === 'auto', () => page.evaluate(() => history.scrollRestoration))
    assert(Math.abs((await topOf(page, 'part-20')) - before) < 2, 'it stays there')
  },

  async 'a new title is everywhere at once'({ page, other, open }) {
    const beside = (title) => `---\ntitle: ${title}\ndate: 2026-01-06\n---\n\nSee [the long one](long.md).\n`
    write('content/guides/beside.md', beside('Alpha'))
    const root = (await open('guides/long/'), new URL('/', page.url()).href)
    await other.goto(`${root}guides/`)
    const third = await page.context().newPage()
    await third.goto(`${root}guides/beside/`)
    const feed = () => fetch(`${root}feed.xml`).then((feed) => feed.text())
    const links = (tab) => tab.evaluate(() => Array.from(document.querySelectorAll('.fb-main a'), (a) => a.textContent).join('|'))
    for (const [title, former] of [['Alpha', 'Beta'], ['Beta', 'Alpha'], ['Gamma', 'Beta']]) {
      write('content/guides/beside.md', beside(title))
      const isNew = (text) => text.includes(title) && !text.includes(former)
      // The page that is linked to, the section, the page itself, and the feed.
      await until('the backlink', isNew, () => links(page))
      await until('the section', isNew, () => links(other))
      await until('the page', (text) => text === title, () => third.textContent('h1'))
      await until('the feed', isNew, feed)
    }
    await third.close()
    rmSync(at('content/guides/beside.md'))
    await until('the backlink is gone', (text) => !text.includes('Gamma'), () => links(page))
  },

  async 'a style sheet changes without a reload'({ page, open }) {
    await open('guides/long/')
    const accent = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim())
    await until('the first accent', (now) => now === '#aa0000', accent)
    const sheets = await page.locator('link[rel=stylesheet]').count()
    await page.evaluate(() => (window.isTheSame = true))
    for (const [from, to] of [['#aa0000', '#0000aa'], ['#0000aa', '#00aa00']]) {
      edit('fieldbook.yaml', from, to)
      await until('the new accent', (now) => now === to, accent)
      await until('the old sheet is gone', (count) => count === sheets, () => page.locator('link[rel=stylesheet]').count())
    }
    assert.equal(await page.evaluate(() => window.isTheSame), true)
    edit('content/guides/long.md', 'Words of part 3.', 'Other words.')
    await shows(page, 'Other words.')
    assert.equal(await page.evaluate(() => window.isTheSame), undefined, 'content is reloaded after style sheets')
  },

  async 'faults are shown while they last'({ page, other, open, picture }) {
    await open('guides/long/')
    await other.goto(new URL('about/', page.url().replace('guides/long/', '')).href)
    const link = page.locator('main a').first()
    await link.focus()
    const badge = '[x](nowhere.md)'
    edit('content/about.md', '\n---\n', `\n---\n\nSee ${badge}.\n`)
    const shown = await until('the overlay', (now) => now?.isOpen, () => overlay(page))
    assert.equal(shown.title, '1 error')
    assert.match(shown.excerpts[0], /^\d+ \| See \[x\]\(nowhere.md\)\.\n +\| +\^+$/)
    assert.match(shown.links[0], /^vscode:\/\/file\/.*\/content\/about\.md:\d+:9$/)
    assert.equal(await page.evaluate(() => document.activeElement.matches('main a')), true, 'focus stays')
    edit('content/guides/long.md', 'Words of part 0.', '[y](gone.md)')
    const first = (tab) => until('both', (now) => now?.messages.length === 2, () => overlay(tab)).then(({ messages }) => messages[0])
    assert.match(await first(page), /gone\.md/)
    assert.match(await first(other), /nowhere\.md/)
    await picture('overlay')
    await page.keyboard.press('Escape')
    await until('the badge', (now) => now.isBadge && !now.isOpen, () => overlay(page))
    await picture('badge')
    await page.reload()
    await until('still the badge', (now) => now?.isBadge && !now.isOpen, () => overlay(page))
    edit('content/guides/long.md', '[y](gone.md)', 'Words of part 0.')
    edit('content/about.md', badge, 'nothing')
    for (const tab of [page, other]) await until('no overlay', (now) => now === null, () => overlay(tab))
  },

  async 'warnings are a badge that opens'({ page, open, picture }) {
    await open('guides/long/')
    const code = '```pyton\npass\n```'
    edit('content/about.md', '\n---\n', `\n---\n\n${code}\n`)
    const shown = await until('the badge', (now) => now?.isBadge, () => overlay(page))
    assert.deepEqual([shown.isOpen, shown.title], [false, '1 warning'])
    await page.getByRole('button', { name: '1 warning' }).click()
    assert.equal((await overlay(page)).isOpen, true)
    await picture('warning')
    const focused = () => page.evaluate(() => document.querySelector('fieldbook-faults').shadowRoot.activeElement.className)
    await page.keyboard.press('Escape')
    assert.deepEqual([(await overlay(page)).isOpen, await focused()], [false, 'badge'])
    await page.keyboard.press('Enter')
    assert.equal((await overlay(page)).isOpen, true)
    edit('content/about.md', code, 'nothing')
    await until('no overlay', (now) => now === null, () => overlay(page))
  },

  async 'a missing page appears, and goes, and comes back where it was'({ page, open }) {
    await open('guides/new/')
    await shows(page, 'There is no such page')
    write('content/guides/new.md', long('It is there.').replace('A long page', 'New'))
    await shows(page, 'It is there.')
    await page.evaluate(() => document.getElementById('part-9').scrollIntoView({ behavior: 'instant' }))
    const before = await topOf(page, 'part-9')
    const text = readFileSync(at('content/guides/new.md'))
    rmSync(at('content/guides/new.md'))
    await shows(page, 'There is no such page')
    write('content/guides/new.md', text)
    await shows(page, 'It is there.')
    await until('the place', (top) => Math.abs(top - before) < 2, () => topOf(page, 'part-9'))
  },

  async 'a page that nobody sees catches up when it is seen'({ page, open }) {
    await open('about/')
    const turn = (isHidden) =>
      page.evaluate((isHidden) => {
        Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, isHidden)
    await turn(true)
    const seen = page.waitForResponse((response) => response.url().includes('/events') && response.ok())
    edit('content/about.md', '\n---\n', '\n---\n\nUnseen.\n')
    await until('the edition', (text) => text.includes('Unseen.'), () => fetch(page.url()).then((page) => page.text()))
    assert(!(await page.textContent('body')).includes('Unseen.'))
    await turn(false)
    await seen
    await shows(page, 'Unseen.')
  },

  async 'another server goes on with the page'({ page, open, restart }) {
    await open('guides/long/')
    await page.evaluate(() => (window.isTheSame = true))
    let again
    await restart(() => (again = page.waitForResponse((response) => response.url().includes('/events') && response.ok())))
    await again
    edit('fieldbook.yaml', '#00aa00', '#aa0000')
    const accent = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim())
    await until('the accent', (now) => now === '#aa0000', accent)
    assert.equal(await page.evaluate(() => window.isTheSame), true, 'what did not change is not reloaded')
    await restart(() => edit('content/guides/long.md', 'It grew.', 'It grew meanwhile.'))
    await shows(page, 'It grew meanwhile.')
  },
}

const begin = () => {
  const made = spawnSync(fieldbook, ['init', site], { encoding: 'utf8' })
  assert.equal(made.status, 0, made.stderr)
  write('fieldbook.yaml', `${readFileSync(at('fieldbook.yaml'), 'utf8')}\naccent: "#aa0000"\neditor: vscode\n`)
  write('content/guides/long.md', long('<details><summary>More</summary>\n\nHidden.\n\n</details>\n\n[About](../about.md).'))
}

const run = async () => {
  begin()
  let { server, address } = await serve(0)
  const isRoot = process.getuid?.() === 0
  const browser = await chromium.launch({ executablePath: browserPath(), args: isRoot ? ['--no-sandbox'] : [] })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const [page, other] = [await context.newPage(), await context.newPage()]
    const complaints = []
    // A page that is not there, and a server that is not, are what some of the tests are about.
    const isMeant = (text) => /status of 404|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE/.test(text)
    for (const tab of [page, other]) {
      tab.on('pageerror', (error) => complaints.push(String(error)))
      tab.on('console', (message) => message.type() === 'error' && !isMeant(message.text()) && complaints.push(message.text()))
    }
    const open = (path) => page.goto(address + path)
    const restart = async (meanwhile) => {
      server.kill('SIGINT')
      await ended(server)
      meanwhile()
      server = (await serve(new URL(address).port)).server
    }
    const picture = async (name) => {
      for (const [width, height] of pictures ? [[360, 740], [1440, 900]] : []) {
        for (const colorScheme of ['light', 'dark']) {
          await page.setViewportSize({ width, height })
          await page.emulateMedia({ colorScheme })
          await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`) })
        }
      }
    }
    for (const [name, test] of Object.entries(tests)) {
      await test({ page, other, open, restart, picture })
      assert.deepEqual(complaints, [], name)
      console.log(`ok: ${name}`)
    }
  } finally {
    await browser.close()
    server.kill('SIGINT')
    await ended(server)
    rmSync(folder, { recursive: true, force: true })
  }
}

await run()
