// Form pages of about eighty questions on a slow phone and a slow network: the product's hosted page
// beside those of others, in turns.
// forms.mjs SITE MODULES CHROME CAMPAIGN ROUNDS [quick] prints what it measured as JSON, one line.
// CAMPAIGN is a file with a campaign as text; quick is without the slowness, to see that all works.

import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const [site, modules, chrome, campaignPath, rounds, pace] = process.argv.slice(2)
const require = createRequire(join(modules, 'x.js'))
const { chromium } = require('playwright-core')
const here = fileURLToPath(new URL('.', import.meta.url))
const say = (text) => process.stderr.write(`${text}\n`)

const QUESTIONS = 80
const ON_A_PAGE = 10
const LEVELS = [1, 2, 3, 4, 5]
/** As slow as the developer tools' "Fast 3G", and a processor a quarter as fast as this one. */
const NETWORK = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 }
const SLOWER = 4
const TAPS = pace === 'quick' ? 3 : 60
const RADIO = 'input[type=radio]'
const PATIENCE = 60_000

const TYPES = {
  '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json',
  '.csv': 'text/csv', '.wasm': 'application/wasm', '.webmanifest': 'application/manifest+json',
}

const numbers = (count) => Array.from({ length: count }, (_, at) => at + 1)
const label = (number) => `${number}. Mức độ cần thiết của năng lực này đối với công việc của ông/bà?`
const pages = numbers(QUESTIONS / ON_A_PAGE).map((page) =>
  numbers(ON_A_PAGE).map((at) => (page - 1) * ON_A_PAGE + at))

const html = (head, body) => `<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>x</title>${head}
<style>input[type=radio] { inline-size: 24px; block-size: 24px } label { padding: 12px }</style>
<body>${body}</body></html>`

/** The same questions without any framework: nothing can be much lighter. */
function plain() {
  const fields = (page) => page.map((number) => `<fieldset><legend>${label(number)}</legend>${
    LEVELS.map((level) => `<label><input type="radio" name="q${number}" value="${level}">${level}</label>`).join('')
  }</fieldset>`)
  const sections = pages.map((page, at) => `<section ${at ? 'hidden' : ''}>${fields(page).join('')}</section>`)
  return html('', `<form>${sections.join('')}</form>`)
}

function surveyJs() {
  const model = {
    pages: pages.map((page) => ({
      elements: page.map((number) =>
        ({ type: 'radiogroup', name: `q${number}`, title: label(number), choices: LEVELS })),
    })),
  }
  const head = `<link rel="stylesheet" href="/npm/survey-core/survey-core.min.css">
<script src="/npm/survey-core/survey.core.min.js" defer></script>
<script src="/npm/survey-js-ui/survey-js-ui.min.js" defer></script>`
  return html(head, `<div id="form"></div><script type="module">
const survey = new Survey.Model(${JSON.stringify(model)})
survey.render(document.getElementById('form'))</script>`)
}

/** As its transformer writes a form; without its style sheets, which would have to be built. */
function enketo() {
  const option = (number, level) => `<label><input type="radio" name="q${number}" data-name="/data/q${number}"
value="${level}" data-type-xml="select1"><span lang="" class="option-label active">${level}</span></label>`
  const question = (number) => `<fieldset class="question simple-select"><fieldset><legend>
<span lang="" class="question-label active">${label(number)}</span></legend>
<div class="option-wrapper">${LEVELS.map((level) => option(number, level)).join('')}</div></fieldset></fieldset>`
  const groups = pages.map((page, at) =>
    `<section class="or-group or-appearance-field-list" name="/data/g${at}">${page.map(question).join('')}</section>`)
  const model = `<model><instance><data id="x">${
    numbers(QUESTIONS).map((number) => `<q${number}/>`).join('')
  }<meta><instanceID/></meta></data></instance></model>`
  return html('<style>.pages > section.or-group:not(.current) { display: none }</style>', `
<form autocomplete="off" novalidate class="or clearfix pages" dir="ltr" id="x"><section class="form-logo"></section>
<h3 dir="auto" id="form-title">x</h3>${groups.join('')}</form>
<script>window.model = ${JSON.stringify(model)}</script><script type="module" src="/built/enketo.js"></script>`)
}

async function bundled() {
  const { build } = require('esbuild')
  const core = join(modules, 'node_modules', 'enketo-core')
  const { browser } = JSON.parse(await readFile(join(core, 'package.json'), 'utf8'))
  const alias = Object.fromEntries(
    Object.entries(browser).map(([name, file]) => [name, join(core, file)]))
  const { outputFiles } = await build({
    stdin: {
      contents: `import { Form } from 'enketo-core/src/js/form'
const form = new Form(document.querySelector('form.or'), { modelStr: window.model, external: [] }, {})
window.loadErrors = form.init()`,
      resolveDir: modules,
    },
    bundle: true, minify: true, write: false, format: 'esm', alias, logLevel: 'error',
    external: [], loader: { '.css': 'empty', '.png': 'empty', '.svg': 'empty' },
  })
  return outputFiles[0].contents
}

async function serve() {
  const made = new Map([
    ['/plain/', plain()], ['/surveyjs/', surveyJs()], ['/enketo/', enketo()], ['/built/enketo.js', await bundled()],
  ])
  const packed = new Map()
  const server = createServer(async ({ url }, answer) => {
    const path = decodeURIComponent(new URL(url, 'http://x').pathname)
    try {
      if (!packed.has(path)) {
        const name = path.endsWith('/') ? `${path}index.html` : path
        const file = name.startsWith('/npm/') ? join(modules, 'node_modules', name.slice(5)) : join(site, name)
        packed.set(path, gzipSync(made.get(path) ?? await readFile(normalize(file)), { level: 9 }))
      }
      const type = TYPES[extname(path)] ?? 'text/html'
      answer.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(packed.get(path))
    } catch {
      answer.writeHead(404).end()
    }
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  return server
}

/** In the page: resolves with the time at which the first answer could be given. */
const firstAnswer = ({ steps, first, patience }) => new Promise((done, failed) => {
  const left = [...steps]
  const look = () => {
    const step = document.querySelector(left[0] ?? 'none')
    if (step) {
      step.click()
      left.shift()
    }
    const found = [...document.querySelectorAll(first)]
    const option = found.find((own) => own.offsetParent !== null && !own.disabled)
    if (option && left.length === 0) {
      option.click()
      // A field is answered by typing, to which it must not lose its focus.
      option.focus()
      if (option.checked || document.activeElement === option) return requestAnimationFrame(() => done(performance.now()))
    }
    if (performance.now() > patience) return failed(new Error(`no first answer, ${left.length} steps left`))
    setTimeout(look, 30)
  }
  look()
})

/** In the page: from a tap to the next paint, one after the other. */
const taps = async ({ options: selector, count, ratings, patience }) => {
  let options = []
  if (ratings) location.hash = ratings
  const latest = performance.now() + patience
  while (options.length < 10) {
    if (performance.now() > latest) throw new Error(`only ${options.length} options`)
    await new Promise((rested) => setTimeout(rested, 300))
    options = [...document.querySelectorAll(selector)].filter((own) => own.offsetParent !== null)
  }
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => done(performance.now())
    port2.postMessage(null)
  }))
  const found = []
  for (let at = 0; at < count; at++) {
    await new Promise((rested) => setTimeout(rested, 120))
    const option = options[(at * 7 + 3) % options.length]
    const before = performance.now()
    option.click()
    found.push(await painted() - before)
  }
  return found
}

async function measured(browser, { address, steps = [], first = RADIO, options = RADIO, ratings }) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, serviceWorkers: 'block' })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  if (pace !== 'quick') {
    await session.send('Network.emulateNetworkConditions', NETWORK)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  }
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength })
  await page.goto(address, { waitUntil: 'commit', timeout: 120_000 })
  const interactive = await page.evaluate(firstAnswer, { steps, first, patience: PATIENCE })
  const sent = bytes
  const times = await page.evaluate(taps, { options, count: TAPS, ratings, patience: PATIENCE })
  await context.close()
  times.sort((a, b) => a - b)
  const at = (share) => times[Math.floor(times.length * share)]
  return { bytes: sent, interactive, p50: at(0.5), p95: at(0.95) }
}

const server = await serve()
const base = `http://127.0.0.1:${server.address().port}`
const campaign = (await readFile(campaignPath, 'utf8')).trim()
const contestants = {
  'plain HTML': { address: `${base}/plain/` },
  'SurveyJS': { address: `${base}/surveyjs/` },
  'Enketo': { address: `${base}/enketo/` },
  'Phiếu Xã': {
    address: `${base}/#/dot/${campaign}`,
    // Who asks, the consent, then the first question.
    steps: ['#start', '#q-dong_y', '#next'],
    first: '#q-ho_ten',
    ratings: '#/phieu/cau/imp_A1',
  },
}
const browser = await chromium.launch({
  executablePath: chrome,
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
})
const turns = []
for (let round = 0; round < Number(rounds); round++) {
  const turn = {}
  for (const [name, page] of Object.entries(contestants)) {
    say(`form page, round ${round + 1}: ${name}`)
    turn[name] = await measured(browser, page)
  }
  turns.push(turn)
}
await browser.close()
server.close()
process.stdout.write(`${JSON.stringify({ forms: turns })}\n`)
