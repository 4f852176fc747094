// Bytes, texts and digests: the small things that all other parts stand on. Nothing here trusts a
// length, and nothing is fetched. What is refused is a Refusal: a sentence, and what to do.

// What the page says is a file of script beside this one, a file a language: its messages by key.
const SAID = globalThis.govkitWords || {};

// A message that was never translated is English, and says so between signs that no text holds.
const BORROWED = /\ufdd0([^\ufdd1]*)\ufdd1([^\ufdd2]*)\ufdd2/g;
const bare = (text) => String(text).replace(BORROWED, "$2");

function say(key, blanks = {}) {
  const text = SAID[key] ?? key;
  const within = text.startsWith("\ufdd0") ? bare : (words) => words;
  return text.replace(/\{(\w+)\}/g, (blank, name) => (name in blanks ? within(blanks[name]) : blank));
}

// A message whose words a number decides; `{count}` is the number.
const sayCounted = (key, count, blanks = {}) => say(`${key}.${count === 1 ? "one" : "other"}`, { ...blanks, count });

class Refusal extends Error {
  constructor(message, help = "") {
    super(message);
    this.help = help;
  }
}

const LARGEST = 1 << 27; // bytes of one file that is read whole, as the command
const LARGEST_RECORD = 1 << 20; // bytes of one record
const MOST_FILES = 10000;
const MOST_DEPTH = 32;

const utf8Of = (text) => new TextEncoder().encode(text);

function textOf(bytes, what) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal(say("is-no-text-in-utf-8", { what }), say("get-the-file-again"));
  }
}

// One sign a byte, so that a pattern can look at bytes.
function signsOf(bytes) {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 32768) {
    parts.push(String.fromCharCode.apply(null, bytes.subarray(at, at + 32768)));
  }
  return parts.join("");
}

const bytesOfSigns = (signs) => Uint8Array.from(signs, (sign) => sign.charCodeAt(0));

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const sameBytes = (one, other) =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const bytesOfHex = (text) => Uint8Array.from(text.match(/../g) || [], (two) => parseInt(two, 16));

const base64Of = (bytes) => btoa(signsOf(bytes));

// Base64 can write the same bytes in several ways: only the usual one is taken. Null for others.
function bytesOfBase64(text) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4) return null;
  let bytes;
  try {
    bytes = bytesOfSigns(atob(text));
  } catch {
    return null;
  }
  return base64Of(bytes) === text ? bytes : null;
}

function cryptography() {
  if (!globalThis.crypto || !crypto.subtle) {
    throw new Refusal(
      say("this-browser-gives-no-cryptography-to"),
      say("open-the-page-by-https-or"),
    );
  }
  return crypto.subtle;
}

// Most of what is hashed here is small, and there are thousands of it: a log, its tree. The browser
// takes longer to be asked than to answer, so small bytes are hashed in place (FIPS 180-4).
const SMALL = 1 << 14;

const hashOf = async (bytes, name = "SHA-256") =>
  name === "SHA-256" && bytes.length <= SMALL ? sha256Of(bytes) : new Uint8Array(await cryptography().digest(name, bytes));

const ROUNDS = new Int32Array(64);
const BEGINNING = new Int32Array(8);
for (let prime = 2, found = 0; found < 64; prime += 1) {
  let isPrime = true;
  for (let by = 2; by * by <= prime; by += 1) isPrime &&= prime % by !== 0;
  if (!isPrime) continue;
  const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  if (found < 8) BEGINNING[found] = fraction(Math.sqrt(prime));
  ROUNDS[found] = fraction(Math.cbrt(prime));
  found += 1;
}

function sha256Of(bytes) {
  const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, bytes.length * 8);
  const state = BEGINNING.slice();
  const words = new Int32Array(64);
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  for (let at = 0; at < padded.length; at += 64) {
    for (let step = 0; step < 64; step += 1) {
      if (step < 16) words[step] = view.getInt32(at + 4 * step);
      else {
        const [early, late] = [words[step - 15], words[step - 2]];
        const first = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
        const second = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
        words[step] = words[step - 16] + first + words[step - 7] + second;
      }
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let step = 0; step < 64; step += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[step] + words[step]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] += word; });
  }
  const digest = new Uint8Array(32);
  state.forEach((word, place) => new DataView(digest.buffer).setInt32(4 * place, word));
  return digest;
}

const sha256 = async (bytes) => hex(await hashOf(bytes));

const digestOf = async (bytes) => `sha256:${await sha256(bytes)}`;

// RFC 8785, for what is made of texts, whole numbers, truth values and null.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${pairs.join(",")}}`;
}

// JSON.parse recurses: what is nested deeper than any receipt is refused before.
function readJson(text, what) {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (inText) {
      if (sign === "\\") at += 1;
      else if (sign === '"') inText = false;
    } else if (sign === '"') inText = true;
    else if (sign === "{" || sign === "[") {
      depth += 1;
      if (depth > MOST_DEPTH) throw new Refusal(say("is-nested-too-deep", { what }), say("get-the-file-again"));
    } else if (sign === "}" || sign === "]") depth -= 1;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(say("cant-be-read-it-was-cut", { what }), say("get-the-file-again"));
  }
}

const listed = (words) => words.join(", ");
