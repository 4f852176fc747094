// The files that are attached to a PDF: found by their names, in plain objects and in packed ones.
// A PDF is no more than that here; whether its bytes are those of the release, SHA256SUMS says.

const MOST_OBJECTS = 50000;

// Objects by number: where the head of each ends in the signs of the file.
async function attachedTo(bytes, name) {
  const signs = signsOf(bytes);
  if (!/^%PDF-\d/.test(signs.slice(0, 1024).trimStart())) throw new Refusal(say("this-is-no-pdf"));
  const objects = new Map();
  const pattern = /(?:^|[\r\n\s])(\d{1,7}) (\d{1,5}) obj\b/g;
  for (let fits = pattern.exec(signs); fits; fits = pattern.exec(signs)) {
    objects.set(Number(fits[1]), { text: null, start: pattern.lastIndex });
    if (objects.size > MOST_OBJECTS) throw new Refusal(say("this-pdf-holds-far-more-than"));
  }
  if (!objects.size) throw new Refusal(say("this-pdf-cant-be-read-it"), say("get-the-pdf-again"));
  const opened = { bytes, signs, left: MOST_UNPACKED };
  for (const object of [...objects.values()]) {
    object.text = dictionaryAt(signs, object.start);
    if (/\/Type\s*\/ObjStm\b/.test(object.text)) await addPacked(opened, object, objects);
  }
  const found = [];
  const names = [...objects.values()].filter(({ text }) => /\/EF\b/.test(text || "") && namesIn(text).includes(name));
  for (const { text } of names) {
    const fits = /\/EF\s*<<[^>]*?\/(?:UF|F)\s+(\d+) \d+ R/.exec(text);
    const stream = fits && objects.get(Number(fits[1]));
    if (!stream || stream.start === undefined) throw new Refusal(say("a-file-attached-to-this-pdf"), say("get-the-pdf-again"));
    found.push(await streamOf(opened, stream));
  }
  return found;
}

// The dictionary of an object, up to its stream or its end.
function dictionaryAt(signs, start) {
  const head = signs.slice(start, start + 65536);
  const end = /\bstream\r?\n|\bendobj\b/.exec(head);
  return end ? head.slice(0, end.index) : head;
}

function namesIn(text) {
  return [...text.matchAll(/\/(?:UF|F)\s*(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)/g)].map(([, word]) => {
    let signs = word.slice(1, -1);
    if (word[0] === "<") signs = signsOf(bytesOfHex(signs.replace(/\s/g, "")));
    else signs = signs.replace(/\\(\d{3})/g, (_, octal) => String.fromCharCode(parseInt(octal, 8))).replace(/\\(.)/g, "$1");
    if (!signs.startsWith("\xfe\xff")) return signs;
    return new TextDecoder("utf-16be").decode(bytesOfSigns(signs.slice(2)));
  });
}

async function streamOf(opened, object) {
  const cut = () => new Refusal(say("a-part-of-this-pdf-cant"), say("get-the-pdf-again"));
  const head = /^[^]*?\bstream\r?\n/.exec(opened.signs.slice(object.start, object.start + 65536));
  const length = /\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(object.text);
  if (!head) throw cut();
  const start = object.start + head[0].length;
  let size = length ? Number(length[1]) : opened.signs.indexOf("endstream", start) - start;
  if (!(size >= 0) || start + size > opened.bytes.length) throw cut();
  const raw = opened.bytes.subarray(start, start + size);
  if (!/\/Filter\b/.test(object.text)) return raw;
  if (!/\/Filter\s*(?:\[\s*)?\/FlateDecode\s*\]?/.test(object.text)) throw cut();
  const data = await unpacked(raw, "deflate", Math.min(opened.left, LARGEST), say("a-part-of-this-pdf"));
  opened.left -= data.length;
  return data;
}

async function addPacked(opened, object, objects) {
  const data = signsOf(await streamOf(opened, object));
  const first = Number((/\/First\s+(\d+)/.exec(object.text) || [])[1]);
  const numbers = data.slice(0, first).trim().split(/\s+/).map(Number);
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    const end = at + 3 < numbers.length ? first + numbers[at + 3] : data.length;
    objects.set(numbers[at], { text: data.slice(first + numbers[at + 1], end) });
  }
}
