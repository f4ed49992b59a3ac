// The same work with what people would use instead: from a File to the tables of everybody
// together, by post and by unit, each with the number of pairs and the means of every competency.

const GROUPINGS = { overall: null, post: 'chuc_danh', unit: 'don_vi' }

const competencies = (header) =>
  header.filter((name) => name.startsWith('imp_')).map((name) => name.slice('imp_'.length))

/** Counts and sums of one group, by competency. */
class Sums {
  constructor(count) {
    this.pairs = new Uint32Array(count)
    this.importance = new Float64Array(count)
    this.ability = new Float64Array(count)
  }

  rows(codes, emit) {
    codes.forEach((code, at) => {
      const pairs = this.pairs[at]
      if (pairs > 0) emit(code, pairs, this.importance[at] / pairs, this.ability[at] / pairs)
    })
  }
}

/** Tables from columns of small numbers: 1 to 5, 0 where there is none. */
function tables(codes, ratings, groups, people) {
  const found = {}
  for (const [grouping, of] of Object.entries(groups)) {
    const all = new Map()
    const sums = of
      ? Array.from({ length: of.names.length }, () => new Sums(codes.length))
      : [new Sums(codes.length)]
    codes.forEach((_, at) => {
      const [importance, ability] = [ratings[2 * at], ratings[2 * at + 1]]
      for (let person = 0; person < people; person++) {
        if (importance[person] === 0 || ability[person] === 0) continue
        const own = sums[of ? of.places[person] : 0]
        own.pairs[at] += 1
        own.importance[at] += importance[person]
        own.ability[at] += ability[person]
      }
    })
    sums.forEach((own, at) => all.set(of ? of.names[at] : '', own))
    found[grouping] = all
  }
  return found
}

function flat(codes, found) {
  const rows = []
  for (const [grouping, groups] of Object.entries(found)) {
    for (const [group, sums] of groups) {
      sums.rows(codes, (...numbers) => rows.push([grouping, group, ...numbers]))
    }
  }
  return rows
}

/** Columns that grow row by row. */
class Columns {
  constructor(header) {
    this.codes = competencies(header)
    this.names = this.codes.flatMap((code) => [`imp_${code}`, `abl_${code}`])
    this.places = this.names.map((name) => header.indexOf(name))
    this.ratings = this.names.map(() => new Uint8Array(1 << 16))
    this.groups = Object.entries(GROUPINGS).map(([grouping, question]) => ({
      grouping,
      at: question && header.indexOf(question),
      names: [],
      known: new Map(),
      places: new Uint32Array(1 << 16),
    }))
    this.people = 0
  }

  add(cell) {
    const person = this.people++
    if (person === this.ratings[0].length) {
      const longer = (column) => {
        const twice = new column.constructor(column.length * 2)
        twice.set(column)
        return twice
      }
      this.ratings = this.ratings.map(longer)
      this.groups.forEach((group) => { group.places = longer(group.places) })
    }
    this.places.forEach((place, at) => { this.ratings[at][person] = +cell(place) || 0 })
    for (const group of this.groups) {
      if (group.at === null) continue
      const name = cell(group.at)
      let place = group.known.get(name)
      if (place === undefined) {
        place = group.names.push(name) - 1
        group.known.set(name, place)
      }
      group.places[person] = place
    }
  }

  tables() {
    const groups = Object.fromEntries(
      this.groups.map((group) => [group.grouping, group.at === null ? null : group]))
    return flat(this.codes, tables(this.codes, this.ratings, groups, this.people))
  }
}

const ways = {
  async 'reading the bytes alone'(file) {
    const reader = file.stream().getReader()
    let bytes = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { bytes }
      bytes += value.length
    }
  },

  async 'PapaParse in chunks, typed arrays'(file) {
    let columns = null
    await new Promise((complete, error) => Papa.parse(file, {
      skipEmptyLines: true,
      chunk({ data }) {
        for (const row of data) {
          if (columns) columns.add((at) => row[at])
          else columns = new Columns(row)
        }
      },
      complete,
      error,
    }))
    return { rows: columns.tables() }
  },

  async 'd3-dsv rows, typed arrays'(file) {
    const text = await file.text()
    let columns = null
    d3.csvParseRows(text, (row, at) => {
      if (at === 0) columns = new Columns(row)
      else columns.add((place) => row[place])
    })
    return { rows: columns.tables() }
  },

  async 'PapaParse, Arquero'(file) {
    const parsed = await new Promise((complete, error) =>
      Papa.parse(file, { header: true, skipEmptyLines: true, complete, error }))
    const table = aq.from(parsed.data)
    const codes = competencies(parsed.meta.fields)
    const rows = []
    for (const [grouping, question] of Object.entries(GROUPINGS)) {
      const sums = {}
      for (const code of codes) {
        const [importance, ability] = [`d['imp_${code}']`, `d['abl_${code}']`]
        const both = `(${importance} !== '' && ${ability} !== '')`
        sums[`n_${code}`] = `(d) => op.sum(${both} ? 1 : 0)`
        sums[`i_${code}`] = `(d) => op.sum(${both} ? +${importance} : 0)`
        sums[`a_${code}`] = `(d) => op.sum(${both} ? +${ability} : 0)`
      }
      const grouped = question ? table.groupby(question) : table
      for (const row of grouped.rollup(sums)) {
        for (const code of codes) {
          const pairs = row[`n_${code}`]
          const means = [row[`i_${code}`] / pairs, row[`a_${code}`] / pairs]
          if (pairs > 0) rows.push([grouping, question ? row[question] : '', code, pairs, ...means])
        }
      }
    }
    return { rows }
  },

  async 'DuckDB-WASM'(file) {
    const duckdb = await import('duckdb')
    const folder = '/npm/@duckdb/duckdb-wasm/dist'
    const worker = new Worker(`${folder}/duckdb-browser-eh.worker.js`)
    const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker)
    await database.instantiate(`${folder}/duckdb-eh.wasm`)
    const started = performance.now()
    const { BROWSER_FILEREADER } = duckdb.DuckDBDataProtocol
    await database.registerFileHandle('responses.csv', file, BROWSER_FILEREADER, true)
    const connection = await database.connect()
    await connection.query(`CREATE TABLE responses AS SELECT * FROM read_csv('responses.csv',
      header = true, all_varchar = true, delim = ',', quote = '"')`)
    const described = await connection.query('DESCRIBE responses')
    const codes = competencies(described.toArray().map((row) => row.column_name))
    const rows = []
    for (const [grouping, question] of Object.entries(GROUPINGS)) {
      const sums = codes.flatMap((code) => {
        const [importance, ability] = [`imp_${code}`, `abl_${code}`]
          .map((name) => `TRY_CAST("${name}" AS DOUBLE)`)
        const both = `FILTER (WHERE ${importance} IS NOT NULL AND ${ability} IS NOT NULL)`
        return [`COUNT(*) ${both} AS "n_${code}"`, `AVG(${importance}) ${both} AS "i_${code}"`,
          `AVG(${ability}) ${both} AS "a_${code}"`]
      })
      const by = question ? `GROUP BY "${question}"` : ''
      const group = question ? `"${question}"` : `''`
      const table = await connection.query(
        `SELECT ${group} AS of_group, ${sums.join(', ')} FROM responses ${by}`)
      for (const row of table.toArray()) {
        for (const code of codes) {
          const pairs = Number(row[`n_${code}`])
          const means = [row[`i_${code}`], row[`a_${code}`]]
          if (pairs > 0) rows.push([grouping, row.of_group ?? '', code, pairs, ...means])
        }
      }
    }
    const ms = performance.now() - started
    await database.terminate()
    return { rows, ms }
  },
}

/** Runs one way over the chosen file: its milliseconds, and the tables. */
window.measured = async (way) => {
  const [file] = document.getElementById('file').files
  const started = performance.now()
  const { rows, ms } = await ways[way](file)
  return { ms: ms ?? performance.now() - started, rows }
}
window.ways = Object.keys(ways)
