// A record as the command writes it (govkit/source/record_bytes.py): one way to write each. A receipt
// shows records so, and a line that is written otherwise, though it says the same, was put in by hand.

const WIDTH = 96; // columns that the words of a long paragraph take at most

// The lines of a record below the title in a receipt, each with two spaces before it.
const linesOfRecord = (record, part) =>
  keysOf(record, { is: "part", of: part }, 0).map((line) => `  ${line}`.trimEnd());

function keysOf(value, field, indent) {
  const shape = field.is === "part" ? SHAPES.parts[field.of] : null;
  const lines = [];
  for (const key of shape ? Object.keys(shape) : Object.keys(value)) {
    const own = shape ? shape[key] : field.of;
    if (shape && own.default !== undefined && canonical(value[key]) === canonical(own.default)) continue;
    const [head, ...rest] = valueOf(value[key], own, indent);
    const name = /^[a-z_][a-z0-9_-]*$/.test(key) ? key : scalarOf(key);
    lines.push(`${" ".repeat(indent)}${name}:${head}`, ...rest);
  }
  return lines;
}

// What stands behind the colon of a key that is indented so, and the lines below.
function valueOf(value, field, indent) {
  if (value === null) return [" null"];
  if (field.is === "part" || field.is === "map") {
    const lines = keysOf(value, field, indent + 2);
    return lines.length ? ["", ...lines] : [" {}"];
  }
  if (field.is === "list") return value.length ? ["", ...itemsOf(value, field.of, indent + 2)] : [" []"];
  return typeof value === "string" ? textLines(value, indent + 2) : [` ${value}`];
}

function itemsOf(items, field, indent) {
  const lines = [];
  for (const item of items) {
    const own = field.is === "part" || field.is === "map" ? keysOf(item, field, indent + 2) : [];
    if (own.length) lines.push(`${" ".repeat(indent)}- ${own[0].slice(indent + 2)}`, ...own.slice(1));
    else {
      const [first, ...rest] = valueOf(item, field, indent);
      lines.push(`${" ".repeat(indent)}- ${first.replace(/^ /, "")}`, ...rest);
    }
  }
  return lines;
}

// A text: on the line of its key, or below it as paragraphs.
function textLines(text, indent) {
  const lead = " ".repeat(indent);
  if (text.includes("\n") && canStandBelow(text)) {
    const lines = text.replace(/\n$/, "").split("\n");
    return [text.endsWith("\n") ? " |" : " |-", ...lines.map((line) => (line ? lead + line : ""))];
  }
  const lines = [...text].length > WIDTH - indent ? paragraphOf(text, indent) : [];
  return lines.length ? [" >-", ...lines.map((line) => lead + line)] : [` ${onOneLine(text)}`];
}

function canStandBelow(text) {
  const lines = text.split("\n");
  const isPlain = lines.every((line) => line === line.replace(/[ \t]+$/, "") && !line.includes("\t"));
  return lines[0] !== "" && !lines[0].startsWith(" ") && !text.endsWith("\n\n") && isPlain;
}

function paragraphOf(text, indent) {
  const words = text.split(" ");
  if (/[\n\t]/.test(text) || words.includes("")) return [];
  const lines = [];
  let line = words[0];
  for (const word of words.slice(1)) {
    if ([...line].length + 1 + [...word].length > WIDTH - indent) {
      lines.push(line);
      line = word;
    } else line += ` ${word}`;
  }
  lines.push(line);
  return lines.some((each) => /^(?:\([A-Za-z0-9]{1,5}\)|-)(?: |$)/.test(each)) ? [] : lines;
}

function onOneLine(text) {
  if (!/[\n\t]/.test(text)) {
    const isWord = /^(?:<[^\s<>]+>|[0-9][A-Za-z0-9:.-]*)$/.test(text) && !text.endsWith(":");
    return isWord && !new RegExp(SHAPES.guessed).test(text) ? text : scalarOf(text);
  }
  const escapes = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t" };
  return `"${text.replace(/[\\"\n\t]/g, (sign) => escapes[sign])}"`;
}

// Plain where every reader of YAML takes it for text, else in quotes.
function scalarOf(text) {
  const isPlain = /^\p{L}/u.test(text) && !SHAPES.taken.includes(text.toLowerCase()) && !/:(?: |$)| #|\s$/.test(text);
  if (isPlain) return text;
  if (text.includes('"') && !text.includes("'")) return `'${text}'`;
  return `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"')}"`;
}
