// Drives one Chromium over the product's own page and over what people would use instead, in turns:
// measure.mjs SITE MODULES CHROME FOLDER ROUNDS ROWS... prints what it measured as JSON, one line.
// FOLDER holds <rows>.csv for each of ROWS.

import { createServer } from 'node:http'
import { readFile, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const [site, modules, chrome, folder, rounds, ...sizes] = process.argv.slice(2)
const { chromium } = createRequire(join(modules, 'x.js'))('playwright-core')
const here = fileURLToPath(new URL('.', import.meta.url))
const say = (text) => process.stderr.write(`${text}\n`)

const TYPES = {
  '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript',
  '.wasm': 'application/wasm', '.webmanifest': 'application/manifest+json',
}

/** Serves the site, and the page of the others with their modules. */
function serve() {
  const roots = { npm: join(modules, 'node_modules'), others: here }
  const server = createServer(async ({ url }, answer) => {
    const path = decodeURIComponent(new URL(url, 'http://x').pathname)
    const [, first, ...rest] = path.split('/')
    const file = roots[first] ? join(roots[first], ...rest) : join(site, path)
    try {
      const bytes = await readFile(normalize(path.endsWith('/') ? join(file, 'index.html') : file))
      answer.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/html' }).end(bytes)
    } catch {
      answer.writeHead(404).end()
    }
  })
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)))
}

/** The memory of the browser's page processes together, in MB. */
async function memory() {
  let bytes = 0
  for (const process of await readdir('/proc').catch(() => [])) {
    const command = await readFile(`/proc/${process}/cmdline`, 'utf8').catch(() => '')
    if (!command.includes('--type=renderer')) continue
    const status = await readFile(`/proc/${process}/status`, 'utf8').catch(() => '')
    bytes += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024
  }
  return bytes / 1024 / 1024
}

/** The most memory above what there is now, until it is stopped. */
async function watchMemory() {
  const idle = await memory()
  let peak = idle
  const timer = setInterval(async () => { peak = Math.max(peak, await memory()) }, 100)
  return () => {
    clearInterval(timer)
    return peak - idle
  }
}

const watchTasks = () => {
  window.longest = 0
  const note = (list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration)
  }
  new PerformanceObserver(note).observe({ entryTypes: ['longtask'] })
}

/** One way of the others. */
async function others(browser, base, way, path) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${base}/others/others.html`)
  await page.waitForFunction(() => window.ways)
  await page.setInputFiles('#file', path)
  await page.evaluate(watchTasks)
  const stop = await watchMemory()
  const { ms, rows } = await page.evaluate((way) => window.measured(way), way)
  const longest = await page.evaluate(() => window.longest)
  const peak = stop()
  await context.close()
  return { ms, peak, longest, rows }
}

/** The product: its own page, from the choice of the file to each table on the screen. */
async function ours(browser, base, path) {
  const context = await browser.newContext({ acceptDownloads: true })
  const page = await context.newPage()
  await page.goto(`${base}/#/ban/thu-phieu`)
  await page.waitForSelector('#response-files', { state: 'attached' })
  // The others' modules are there too before the clock starts.
  await page.waitForFunction(() =>
    document.getElementById('fact-people')?.textContent.match(/\d/))
  await page.evaluate(watchTasks)
  await page.evaluate(() => {
    document.addEventListener('change', () => { window.chosen = performance.now() }, true)
    window.appeared = (isThere) => new Promise((done, failed) => {
      const latest = performance.now() + 120_000
      const look = () => {
        if (isThere()) done(performance.now())
        else if (performance.now() > latest) failed(new Error('nothing appeared'))
        else requestAnimationFrame(look)
      }
      look()
    })
  })
  const stop = await watchMemory()
  await page.setInputFiles('#response-files', path)
  const taken = await page.evaluate(async () =>
    (await window.appeared(() => document.getElementById('import-totals'))) - window.chosen)
  const overall = await page.evaluate(async () => {
    const started = performance.now()
    location.hash = '#/ban/phan-tich'
    return (await window.appeared(() => document.getElementById('ranking'))) - started
  })
  const table = (by) => page.evaluate(async (by) => {
    const name = () => document.getElementById('group')?.parentElement.firstChild.textContent
    const [before, started] = [name(), performance.now()]
    document.getElementById(`by-${by}`).click()
    // Of a few rows every unit is too small to be shown.
    const isThere = () => document.getElementById('all-hidden')
      || (document.getElementById('ranking') && name() && name() !== before)
    return (await window.appeared(isThere)) - started
  }, by)
  const post = await table('post')
  const unit = await table('unit')
  const longest = await page.evaluate(() => window.longest)
  const peak = stop()
  await page.evaluate(() => { location.hash = '#/ban/xuat' })
  const download = page.waitForEvent('download')
  await page.click('#export-needs')
  const needs = await readFile(await (await download).path(), 'utf8')
  await context.close()
  return { ms: taken + overall + post + unit, taken, overall, post, unit, peak, longest, needs }
}

/** The numbers of our table that everybody may see, by grouping, group and competency. */
function shown(needs) {
  const [header, ...lines] = needs.trim().split(/\r?\n/).map((line) => line.split(','))
  const at = (name) => header.indexOf(name)
  const places = ['n_pairs', 'mean_importance', 'mean_ability'].map(at)
  const rows = lines.filter((line) => line[places[1]] !== '')
  const key = (line) => [at('group_by'), at('group'), at('competency')].map((place) => line[place])
  return new Map(rows.map((line) => [key(line).join('|'), places.map((place) => +line[place])]))
}

/** How many numbers of ours there are in theirs too; throws where one differs. */
function compared(ours, theirs, way) {
  let same = 0
  const wanted = new Set(['overall', 'post', 'unit'])
  const known = new Map(theirs.map(([by, group, code, ...numbers]) =>
    [[by, group, code].join('|'), numbers]))
  for (const [key, numbers] of ours) {
    if (!wanted.has(key.split('|')[0])) continue
    const other = known.get(key)
    numbers.forEach((number, at) => {
      if (!(Math.abs(number - other?.[at]) <= 1e-9)) {
        throw new Error(`${way}: ${key} is ${other}, not ${numbers}`)
      }
      same += 1
    })
  }
  return same
}

const server = await serve()
const base = `http://127.0.0.1:${server.address().port}`
const browser = await chromium.launch({
  executablePath: chrome,
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
})
const page = await browser.newPage()
await page.goto(`${base}/others/others.html`)
const ways = await page.waitForFunction(() => window.ways).then((found) => found.jsonValue())
await page.close()

const found = {}
for (const rows of sizes) {
  const path = join(folder, `${rows}.csv`)
  const turns = []
  for (let round = 0; round < Number(rounds); round++) {
    const own = await ours(browser, base, path)
    const table = shown(own.needs)
    delete own.needs
    const turn = { 'Phiếu Xã': own }
    for (const way of ways) {
      say(`${rows} rows, round ${round + 1}: ${way}`)
      const { rows: theirs, ...measured } = await others(browser, base, way, path)
      if (theirs) measured.same = compared(table, theirs, way)
      turn[way] = measured
    }
    turns.push(turn)
  }
  found[rows] = turns
}
await browser.close()
server.close()
process.stdout.write(`${JSON.stringify({ version: browser.version(), found })}\n`)
