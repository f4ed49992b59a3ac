// The programs of the one file: the app, the worker, and what kits carry, one behind the other as one
// LZMA stream, since most of what they are made of is the same. A third smaller than gzip makes them
// each for itself. The build puts this text behind boot.js, and the stream into the block `programs`,
// whose `data-sizes` names the programs with their sizes in bytes.
//
// LZMA as Igor Pavlov's specification describes it, without a header: lc = 4, lp = 0, pb = 0, no end
// marker, and a dictionary as large as the output.

/** The bytes of a program. The first comes at once; for the others the page gets its turn in between. */
async function unpackProgram(id) {
  const programs = allPrograms();
  const place = programs.places.get(id);
  if (!place) throw new Error(`there is no program ${id}`);
  const SLICE = 1 << 18;
  while (programs.stream.end() < place.end) {
    programs.stream.read(Math.min(place.end, programs.stream.end() + SLICE));
    if (place.start > 0) await new Promise((turn) => setTimeout(turn));
  }
  return programs.stream.output.slice(place.start, place.end);
}

let readPrograms;

/** The stream as far as it is read, and where in it each program stands. */
function allPrograms() {
  if (readPrograms) return readPrograms;
  const block = document.getElementById("programs");
  const places = new Map();
  let end = 0;
  for (const part of block.dataset.sizes.split(" ")) {
    const [id, size] = part.split(":");
    places.set(id, { start: end, end: (end += Number(size)) });
  }
  readPrograms = { places, stream: lzmaStream(fromSevenBits(block.textContent), end) };
  return readPrograms;
}

/** Fills `output` bit by bit: `read(limit)` goes on until so many bytes are there, or a few more. */
function lzmaStream(packed, size) {
  const probabilities = (count) => new Uint16Array(count).fill(1024);
  const lengths = () => ({
    choice: probabilities(2),
    low: probabilities(8),
    middle: probabilities(8),
    high: probabilities(256),
  });
  const output = new Uint8Array(size);
  const [isMatch, isRepeat, isFirst, isLong] = [0, 0, 0, 0].map(() => probabilities(12));
  const [isSecond, isThird] = [probabilities(12), probabilities(12)];
  const literals = probabilities(0x300 << 4);
  const slots = probabilities(4 * 64);
  const near = probabilities(128);
  const align = probabilities(16);
  const [matchLengths, repeatLengths] = [lengths(), lengths()];
  // The range, and the code within it: unsigned numbers of 32 bits, which a variable of a closure
  // holds slowly, and so in what follows each function has its own.
  const coder = new Uint32Array([0xffffffff, 0]);
  for (let i = 1; i < 5; i++) coder[1] = (coder[1] << 8) | packed[i];
  let next = 5;
  let end = 0;
  let state = 0;
  let [distance, second, third, fourth] = [0, 0, 0, 0];

  function bit(table, place) {
    return tree(table, place - 1, 1);
  }

  /** So many bits, the highest first, each by what came before it. */
  function tree(table, start, bits) {
    let range = coder[0];
    let code = coder[1];
    let symbol = 1;
    for (let i = 0; i < bits; i++) {
      const place = start + symbol;
      const probability = table[place];
      const bound = Math.imul(range >>> 11, probability) >>> 0;
      if (code < bound) {
        table[place] = probability + ((2048 - probability) >>> 5);
        range = bound;
        symbol <<= 1;
      } else {
        table[place] = probability - (probability >>> 5);
        range = (range - bound) >>> 0;
        code = (code - bound) >>> 0;
        symbol = (symbol << 1) | 1;
      }
      if (range < 0x1000000) {
        range = (range << 8) >>> 0;
        code = ((code << 8) | packed[next++]) >>> 0;
      }
    }
    coder[0] = range;
    coder[1] = code;
    return symbol - (1 << bits);
  }

  /** The same, the lowest bit first. */
  function reversed(table, start, bits) {
    let value = tree(table, start, bits);
    let turned = 0;
    for (let i = 0; i < bits; i++, value >>= 1) turned = (turned << 1) | (value & 1);
    return turned;
  }

  function evenly(bits) {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      let range = coder[0] >>> 1;
      let code = coder[1];
      value <<= 1;
      if (code >= range) {
        code = (code - range) >>> 0;
        value |= 1;
      }
      if (range < 0x1000000) {
        range = (range << 8) >>> 0;
        code = ((code << 8) | packed[next++]) >>> 0;
      }
      coder[0] = range;
      coder[1] = code;
    }
    return value;
  }

  function length(of) {
    if (bit(of.choice, 0) === 0) return 2 + tree(of.low, 0, 3);
    if (bit(of.choice, 1) === 0) return 10 + tree(of.middle, 0, 3);
    return 18 + tree(of.high, 0, 8);
  }

  function literal() {
    const before = end > 0 ? output[end - 1] : 0;
    const start = 0x300 * (before >>> 4);
    if (state < 7) {
      output[end++] = tree(literals, start, 8);
    } else {
      output[end] = literalAfterMatch(start, output[end - distance - 1]);
      end++;
    }
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  /** After a match: what would have come next in it is a hint. */
  function literalAfterMatch(start, hint) {
    let symbol = 1;
    let offset = 0x100;
    while (symbol < 0x100) {
      hint <<= 1;
      const own = hint & offset;
      const given = bit(literals, start + offset + own + symbol);
      symbol = (symbol << 1) | given;
      offset &= given ? own : ~own;
    }
    return symbol;
  }

  function newDistance(matched) {
    const slot = tree(slots, Math.min(matched - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >>> 1) - 1;
    const base = (2 | (slot & 1)) << bits;
    if (slot < 14) return base + reversed(near, base - slot, bits);
    return base + (evenly(bits - 4) << 4) + reversed(align, 0, 4);
  }

  function takeEarlierDistance() {
    let found = second;
    if (bit(isSecond, state) !== 0) {
      found = third;
      if (bit(isThird, state) !== 0) {
        found = fourth;
        fourth = third;
      }
      third = second;
    }
    second = distance;
    distance = found;
  }

  function copy(count) {
    if (distance >= end || end + count > size) throw new Error("the programs are damaged");
    // Byte by byte: a match may reach into what it is itself writing.
    for (const stop = end + count; end < stop; end++) output[end] = output[end - distance - 1];
  }

  function read(limit) {
    while (end < limit) {
      if (next > packed.length + 4) throw new Error("the programs end too early");
      if (bit(isMatch, state) === 0) {
        literal();
      } else if (bit(isRepeat, state) === 0) {
        const matched = length(matchLengths);
        [fourth, third, second] = [third, second, distance];
        distance = newDistance(matched);
        state = state < 7 ? 7 : 10;
        copy(matched);
      } else {
        repeat();
      }
    }
  }

  function repeat() {
    if (bit(isFirst, state) !== 0) {
      takeEarlierDistance();
    } else if (bit(isLong, state) === 0) {
      state = state < 7 ? 9 : 11;
      copy(1);
      return;
    }
    const matched = length(repeatLengths);
    state = state < 7 ? 8 : 11;
    copy(matched);
  }

  return { output, read, end: () => end };
}

globalThis.unpackBlock = (id) => (document.getElementById(id) ? unpackBlock(id) : unpackProgram(id));
