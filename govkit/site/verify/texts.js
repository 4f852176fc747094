// The digest of a text (docs/digests.md), for texts of paragraphs and lists of one level with marked
// terms and blanks. A digest that fits proves the words; one that does not proves nothing where a
// text has more than that, so such a text is told apart first.

const ITEM = /^(?:\(([a-z]{1,5}|[A-Z]|[0-9]{1,3})\)|-) /;
const MARK = /\[([^\]]*)\]\((term|ref):([^)\s]*(?:\([^)\s]*\))*)\)|\{([a-z][a-z0-9_]*)\}/;

const shownWords = (text) => text.replace(new RegExp(MARK, "g"), (whole, words) => words ?? whole);

// What YAML programs take for a number or a truth value; as a word it has to stand in quotes, and
// the quotes are not known any more.
const GUESSED =
  /^(?:[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)|[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|true|True|TRUE|false|False|FALSE)$/;

// Whether the command certainly reads a value as this field; false where this page can't tell.
function fits(value, field) {
  if (value === null || value === undefined) return Boolean(field.nullable);
  if (Array.isArray(value)) return field.is === "list" && value.length > 0 && value.every((each) => fits(each, field.of));
  if (typeof value === "object") {
    if (field.is === "map") return Object.entries(value).every(([key, each]) => fits(key, field.keys) && fits(each, field.of));
    const parts = field.is === "one-of" ? field.of : field.is === "part" ? [field.of] : [];
    return parts.some((name) => fitsPart(value, SHAPES.parts[name]));
  }
  switch (field.is) {
    case "list":
      return Boolean(field.single) && fits(value, field.of);
    case "number":
      return /^(?:0|-?[1-9][0-9]{0,14})$/.test(value);
    case "truth":
      return value === "true" || value === "false";
    case "words":
      return isReadable(value) && !(field.line && value.trim().includes("\n"));
    case "text":
      return field.pattern !== undefined && patternAt(field.pattern).test(value) && !GUESSED.test(value);
    default:
      return false;
  }
}

const fitsPart = (value, shape) =>
  Object.keys(value).every((key) => key in shape && fits(value[key], shape[key])) &&
  Object.entries(shape).every(([key, field]) => field.default !== undefined || key in value);

const isReadable = (text) =>
  text.trim() !== "" && text.length <= 100000 && text.split("\n").length <= 5000 && !/[^ \t\n]{2001}| {2000}/.test(text);

// Whether the command reads a copy as this kind of text: by its own shape, by the form of its id, and
// with nothing that a sign of comment may have cut off.
function isReadAs(kind, copy, bytes, charter) {
  const text = textOf(bytes, "it");
  const isNamed = new RegExp(`^# yaml-language-server: \\$schema=(?:\\S*/)?${kind}\\.schema\\.json *\\n`).test(text);
  if (!isNamed || charter === null || /[^\s][ \t]+#/.test(text.slice(text.indexOf("\n")))) return false;
  const ofKind = Object.keys(SHAPES.texts).filter((each) => isIdOf(each, copy.id, charter));
  return ofKind.length === 1 && ofKind[0] === kind && fitsPart(copy, SHAPES.parts[SHAPES.texts[kind]]);
}

function isIdOf(kind, id, charter) {
  const bare = (words) => words.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");
  const areas = Object.keys(charter.areas).map(bare).join("|") || "(?!)";
  const made = { "{prefix}": bare(charter.id_prefixes[kind]), "{area}": `(?:${areas})`, "{nn}": "[0-9]{2,}", "{own}": "[A-Za-z0-9.-]+" };
  const pieces = charter.id_form[kind].split(/(\{[a-z]+\})/).map((piece) => made[piece] ?? bare(piece));
  return new RegExp(`^(?:${pieces.join("")})$`).test(id);
}

function isPlainText(copy) {
  const clauses = Array.isArray(copy.clauses) ? copy.clauses : [];
  const every = clauses.flatMap((clause) => [clause.text, ...(clause.conditions || []), ...(clause.exceptions || [])]);
  const bare = (text) => text.replace(new RegExp(MARK, "g"), "");
  return (
    [copy.id, copy.title].every((each) => typeof each === "string") &&
    clauses.length > 0 &&
    !clauses.some((clause) => clause.withdrawn) &&
    Object.values(copy.parameters || {}).every((blank) => blank && typeof blank.meaning === "string") &&
    every.every((text) => typeof text === "string" && !/[[\]<>*`\\]|^ |^#/m.test(bare(text)))
  );
}

// The paragraphs and the items of a text, each on one line.
function blocksIn(text) {
  const found = [];
  let isOpen = false;
  for (const line of text.trim().split("\n")) {
    if (!line.trim()) isOpen = false;
    else if (isOpen && !ITEM.test(line)) found[found.length - 1] += ` ${line.trim()}`;
    else {
      found.push(line.trim());
      isOpen = true;
    }
  }
  return found;
}

const straight = (words) => words.replace(/[\u2018\u2019\u201c\u201d]/g, (sign) => STRAIGHT[sign]);
const plainLine = (words) => straight(words.split(/[ \t\n\u00a0\u202f]+/).filter(Boolean).join(" "));
const sorted = (words) => [...new Set(words)].sort();
const asList = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);

// The hashed value of a text; the slugs of its terms go into `terms`.
function hashedWords(text, terms) {
  let style = "";
  return blocksIn(text).map((block) => {
    const item = ITEM.exec(block);
    if (!item) style = "";
    else if (!style) style = item[1] === undefined ? "-" : /^[ivx]+$/.test(item[1]) ? "i" : /[0-9]/.test(item[1]) ? "1" : /[A-Z]/.test(item[1]) ? "A" : "a";
    const words = item ? block.slice(item[0].length) : block;
    return [item ? style : "p", item ? 1 : 0, runsIn(words.replace(/[ \t\u00a0\u202f]+/g, " "), terms)];
  });
}

function runsIn(words, terms) {
  const runs = [];
  let rest = straight(words);
  for (let fits = MARK.exec(rest); fits; fits = MARK.exec(rest)) {
    if (fits.index) runs.push(rest.slice(0, fits.index));
    if (fits[4] !== undefined) runs.push(["param", fits[4]]);
    else {
      runs.push([fits[2], fits[3], fits[1]]);
      if (fits[2] === "term") terms.add(fits[3]);
    }
    rest = rest.slice(fits.index + fits[0].length);
  }
  if (rest) runs.push(rest);
  return runs;
}

const isSaid = (value) =>
  value !== undefined && value !== null && !(typeof value === "object" && !Object.keys(value).length);

const kept = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => isSaid(value)));

function appliesTo(value) {
  if (!value) return null;
  const axes = Object.entries(value).map(([axis, words]) => [axis, asList(words)]);
  return Object.fromEntries(axes.filter(([, words]) => words.join() !== "all").map(([axis, words]) => [axis, sorted(words)]));
}

function hashedClause(clause, terms) {
  const parties = ["addressee", "beneficiary"].map((role) => sorted(asList(clause[role])));
  parties.flat().forEach((party) => terms.add(party));
  const scope = appliesTo(clause.applies_to);
  return {
    ...kept({
      id: clause.id,
      force: clause.force,
      addressee: parties[0],
      beneficiary: parties[1],
      text: hashedWords(clause.text, terms),
      conditions: (clause.conditions || []).map((each) => hashedWords(each, terms)),
      exceptions: (clause.exceptions || []).map((each) => hashedWords(each, terms)),
    }),
    ...(scope ? { applies_to: scope } : {}),
  };
}

function hashedBlank(blank) {
  const number = (words) => (words === undefined || words === null ? null : Number(words));
  const { linked } = blank;
  return kept({
    type: blank.type,
    default: blank.type === "text" ? plainLine(blank.default) : number(blank.default),
    minimum: number(blank.minimum),
    maximum: number(blank.maximum),
    linked: linked ? { to: linked.to, plus: number(linked.plus) ?? 0 } : null,
    meaning: plainLine(blank.meaning),
  });
}

function hashedText(copy, kind, digests) {
  const terms = new Set();
  const clauses = copy.clauses.map((clause) => hashedClause(clause, terms));
  const pairs = (list) => [...new Map(list.map((pair) => [canonical(pair), pair])).values()].sort((one, other) =>
    one.join("\0") < other.join("\0") ? -1 : 1,
  );
  const fields = kept({
    canon: 1,
    domain: "govkit/text",
    id: copy.id,
    kind,
    title: plainLine(copy.title),
    rights: sorted(asList(copy.rights)),
    category: copy.category,
    applies_to: appliesTo(copy.applies_to),
    clauses,
    parameters: Object.fromEntries(Object.entries(copy.parameters || {}).map(([name, blank]) => [name, hashedBlank(blank)])),
    options: [...(copy.options || [])].sort((one, other) => (one.id < other.id ? -1 : 1)).map((option) => ({ id: option.id, clauses: sorted(asList(option.clauses)) })),
    balancing: (copy.balancing || []).map((each) => kept({ between: each.between, test: plainLine(each.test), cases: each.cases, note: each.note ? plainLine(each.note) : null })),
    grounds: pairs((copy.grounds || []).map((ground) => [ground.source, plainLine(ground.locator)])),
    relations: pairs((copy.relations || []).filter((each) => ["conflicts-with", "procedural-for"].includes(each.as)).map((each) => [each.as, each.to])),
    terms: Object.fromEntries([...terms].map((slug) => [slug, digests.get(slug) ?? null])),
  });
  return canonical(fields);
}

// As which kind a text has one of these digests; nothing where it has none.
async function kindByDigest(copy, digests, known) {
  try {
    for (const kind of Object.keys(SHAPES.texts)) {
      if (known.has(await digestOf(utf8Of(hashedText(copy, kind, digests))))) return kind;
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // a field is of another form than a text has
  }
  return "";
}
