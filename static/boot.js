// Starts the page where nothing may be fetched: opened from a file, in any browser with WebAssembly.
// The build puts this text into phieu-xa.html behind the app's own JavaScript. What it packs
// with gzip lies in the page as inert text in characters of seven bits; `unpackBlock` gives the bytes of
// one such block. In a kit the program is one of them; of the one file see programs.js.

/** The bytes in the inert block `<script type="text/plain" id=…>`. The app uses it for the worker. */
async function unpackBlock(id) {
  return gunzip(fromSevenBits(document.getElementById(id).textContent));
}

/** Each character carries seven bits, the highest first; its eighth only keeps it legal in a page. */
function fromSevenBits(text) {
  const bytes = new Uint8Array(Math.floor((text.length * 7) / 8));
  let bits = 0;
  let buffered = 0;
  let end = 0;
  for (let i = 0; i < text.length; i++) {
    bits = ((bits << 7) | (text.charCodeAt(i) & 127)) & 0x7fff;
    buffered += 7;
    if (buffered >= 8) {
      buffered -= 8;
      bytes[end++] = bits >> buffered;
    }
  }
  return bytes;
}

/** For a browser that is too old to run the app: a sentence instead of an empty page. */
function showFailure(error) {
  console.error(error);
  document.getElementById("app").textContent =
    "Trình duyệt này không mở được phiếu. Hãy mở tệp bằng trình duyệt mới hơn. · " +
    "This browser cannot open the form. Please open the file in a newer browser.";
}

async function gunzip(packed) {
  // iPhones before iOS 16.4 have WebAssembly but no DecompressionStream.
  if (typeof DecompressionStream === "undefined") return gunzipByHand(packed);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** RFC 1952 and 1951, for the gzip this project writes: one member, no name, no comment. */
function gunzipByHand(packed) {
  const HEADER = 10;
  const TRAILER = 8;
  const size = new DataView(packed.buffer, packed.byteOffset).getUint32(packed.length - 4, true);
  return inflate(packed.subarray(HEADER, packed.length - TRAILER), new Uint8Array(size));
}

/** Fills `output` with what the deflate stream `input` holds. */
function inflate(input, output) {
  let next = 0; // the next byte of the input
  let buffer = 0; // bits read from it and not yet taken, the lowest first
  let buffered = 0; // how many
  let end = 0; // how much of the output is there

  function takeBits(count) {
    while (buffered < count) {
      if (next >= input.length) throw new Error("the compressed block ends too early");
      buffer |= input[next++] << buffered;
      buffered += 8;
    }
    const bits = buffer & ((1 << count) - 1);
    buffer >>>= count;
    buffered -= count;
    return bits;
  }

  // A canonical Huffman code is known by how many codes each length has: codes of one length are
  // consecutive numbers, and follow those of the length before.
  function takeSymbol({ counts, symbols }) {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= 15; length++) {
      code |= takeBits(1);
      if (code - first < counts[length]) return symbols[index + code - first];
      index += counts[length];
      first = (first + counts[length]) << 1;
      code <<= 1;
    }
    throw new Error("the compressed block is damaged");
  }

  function copyStored() {
    buffer = buffered = 0;
    const length = input[next] | (input[next + 1] << 8);
    next += 4; // the length, and its complement
    output.set(input.subarray(next, next + length), end);
    next += length;
    end += length;
  }

  function copyCompressed(literals, distances) {
    for (;;) {
      const symbol = takeSymbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) {
        output[end++] = symbol;
        continue;
      }
      const length = LENGTHS.base[symbol - 257] + takeBits(LENGTHS.extra[symbol - 257]);
      const code = takeSymbol(distances);
      const distance = DISTANCES.base[code] + takeBits(DISTANCES.extra[code]);
      // Byte by byte: a match may reach into what it is itself writing.
      for (const stop = end + length; end < stop; end++) output[end] = output[end - distance];
    }
  }

  function readCodes() {
    const literalCount = takeBits(5) + 257;
    const distanceCount = takeBits(5) + 1;
    const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    const lengthLengths = new Array(19).fill(0);
    const lengthCount = takeBits(4) + 4;
    for (let i = 0; i < lengthCount; i++) lengthLengths[order[i]] = takeBits(3);

    const lengthCode = huffman(lengthLengths);
    const lengths = [];
    while (lengths.length < literalCount + distanceCount) {
      const symbol = takeSymbol(lengthCode);
      if (symbol < 16) lengths.push(symbol);
      else if (symbol === 16) repeat(lengths[lengths.length - 1], 3 + takeBits(2));
      else if (symbol === 17) repeat(0, 3 + takeBits(3));
      else repeat(0, 11 + takeBits(7));
    }
    function repeat(length, times) {
      while (times-- > 0) lengths.push(length);
    }
    return [huffman(lengths.slice(0, literalCount)), huffman(lengths.slice(literalCount))];
  }

  let last = false;
  while (!last) {
    last = takeBits(1) === 1;
    const kind = takeBits(2);
    if (kind === 0) copyStored();
    else if (kind === 1) copyCompressed(FIXED_LITERALS, FIXED_DISTANCES);
    else if (kind === 2) copyCompressed(...readCodes());
    else throw new Error("the compressed block is damaged");
  }
  if (end !== output.length) throw new Error("the compressed block ends too early");
  return output;
}

/** The code in which symbol i has lengths[i] bits; 0 bits: the symbol does not occur. */
function huffman(lengths) {
  const counts = new Array(16).fill(0);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const symbols = [];
  for (let length = 1; length <= 15; length++) {
    lengths.forEach((own, symbol) => own === length && symbols.push(symbol));
  }
  return { counts, symbols };
}

/** What the symbols of a match stand for: a smallest value, and how many extra bits add to it. */
function ranges(first, extra) {
  const base = [];
  for (const bits of extra) {
    base.push(first);
    first += 1 << bits;
  }
  return { base, extra };
}

const LENGTHS = ranges(
  3,
  [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
);
LENGTHS.base[28] = 258; // the longest match has a symbol of its own, off the pattern
const DISTANCES = ranges(
  1,
  [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
);
const FIXED_LITERALS = huffman(
  Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = huffman(new Array(30).fill(5));

globalThis.unpackBlock = unpackBlock;
