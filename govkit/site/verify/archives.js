// Archives to the files in them, read strictly: plain files with plain names, each once. What is
// packed is unpacked within limits: nothing larger than it says, and nothing larger than a release.

const MOST_UNPACKED = 1 << 28;

const NOT_PLAIN = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

function requirePlainName(name, found, what) {
  const parts = name.split("/");
  if (parts.some((part) => ["", ".", "..", ".git"].includes(part)) || NOT_PLAIN.test(name)) {
    throw new Refusal(say("a-file-in-it-has-no", { what }), say("get-it-again"));
  }
  if (name in found) throw new Refusal(say("is-there-twice", { what, name }), say("get-it-again"));
  if (Object.keys(found).length >= MOST_FILES) throw new Refusal(say("holds-too-many-files", { what }));
}

function filesInTar(bytes, what) {
  const found = Object.create(null);
  const cut = () => new Refusal(say("cant-be-read-it-was-cut", { what }), say("get-it-again"));
  if (!bytes.length || bytes.length % 512) throw cut();
  let [at, path] = [0, ""];
  while (at < bytes.length) {
    const head = bytes.subarray(at, at + 512);
    if (head.every((byte) => byte === 0)) break;
    const text = (from, length) => signsOf(head.subarray(from, from + length)).replace(/\0[^]*$/, "");
    const sum = head.reduce((all, byte, index) => all + (index >= 148 && index < 156 ? 32 : byte), 0);
    const size = parseInt(text(124, 12).trim() || "x", 8);
    if (parseInt(text(148, 8).trim(), 8) !== sum || !(size >= 0) || at + 512 + size > bytes.length) throw cut();
    const data = bytes.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
    const type = text(156, 1);
    if (type === "x" || type === "L") {
      path = type === "L" ? textOf(data, what).replace(/\0[^]*$/, "") : pathInPax(textOf(data, what));
      continue;
    }
    if (type !== "0" && type !== "") throw new Refusal(say("a-file-in-it-is-no", { what }), say("get-it-again"));
    const lead = text(257, 5) === "ustar" ? text(345, 155) : "";
    const name = path || textOf(bytesOfSigns((lead ? `${lead}/` : "") + text(0, 100)), what);
    path = "";
    requirePlainName(name, found, what);
    found[name] = data;
  }
  if (at >= bytes.length) throw cut();
  return found;
}

function pathInPax(text) {
  const fits = /(?:^|\n)\d+ path=([^\n]+)\n/.exec(text);
  return fits ? fits[1] : "";
}

async function unpacked(bytes, form, most, what) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(form));
  const reader = stream.getReader();
  const parts = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > most) {
        await reader.cancel();
        throw new Refusal(say("holds-far-more-than-it-says", { what }), say("do-not-use-it"));
      }
      parts.push(value);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(say("cant-be-unpacked-it-was-cut", { what }), say("get-it-again"));
  }
  return joined(...parts);
}

async function filesInZip(bytes, what) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const cut = () => new Refusal(say("cant-be-read-it-was-cut", { what }), say("get-it-again"));
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw cut();
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const found = Object.create(null);
  let left = MOST_UNPACKED;
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw cut();
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const packedSize = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const local = view.getUint32(at + 42, true);
    const name = textOf(bytes.subarray(at + 46, at + 46 + nameLength), what);
    at += 46 + nameLength + extra + comment;
    if (name.endsWith("/")) continue;
    if (flags & 1) throw new Refusal(say("is-locked-with-a-password", { what }), say("get-it-again"));
    if (local + 30 > bytes.length || view.getUint32(local, true) !== 0x04034b50) throw cut();
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = bytes.subarray(start, start + packedSize);
    if (packed.length !== packedSize) throw cut();
    if (size > LARGEST || size > left) {
      throw new Refusal(say("holds-far-more-than-any-release", { what }), say("do-not-use-it"));
    }
    requirePlainName(name, found, what);
    found[name] = method === 8 ? await unpacked(packed, "deflate-raw", size, what) : packed;
    if ((method !== 0 && method !== 8) || found[name].length !== size) throw cut();
    left -= size;
  }
  return found;
}
