// What of a record is hashed: the fields that say something else than their default, in canonical
// JSON with the name of their kind (docs/digests.md). SHAPES is made from the command's own models.

const STRAIGHT = { "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"' };

const plainText = (text) =>
  text
    .trim()
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => paragraph.split(/\s+/).filter(Boolean).join(" "))
    .join("\n\n")
    .replace(/[\u2018\u2019\u201c\u201d]/g, (sign) => STRAIGHT[sign]);

// A record with the fields of its shape. Throws a Refusal where it holds what no such record does.
function shaped(value, name, what) {
  const shape = SHAPES.parts[name];
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new Refusal(say("holds-no-record", { what }));
  }
  const found = Object.create(null);
  for (const key of Object.keys(value)) {
    if (!(key in shape)) throw new Refusal(say("has-a-key-that-no-such", { what, key: key.slice(0, 40) }));
  }
  for (const [key, field] of Object.entries(shape)) {
    if (key in value && !(value[key] === null && field.default !== undefined && !field.nullable)) {
      found[key] = typed(value[key], field, `${what}, ${key}`);
    } else if (field.default === undefined) throw new Refusal(say("has-no", { what, key }));
    else found[key] = field.default;
  }
  return found;
}

function typed(value, field, what) {
  if (value === null) {
    if (field.nullable) return null;
    throw new Refusal(say("says-nothing", { what }));
  }
  switch (field.is) {
    case "number": {
      if (typeof value !== "string" || !/^-?[0-9]{1,15}$/.test(value)) throw new Refusal(say("is-no-number", { what }));
      return Number(value);
    }
    case "truth": {
      if (value !== "true" && value !== "false") throw new Refusal(say("is-neither-true-nor-false", { what }));
      return value === "true";
    }
    case "list": {
      if (!Array.isArray(value)) throw new Refusal(say("is-no-list", { what }));
      return value.map((each, at) => typed(each, field.of, `${what}, ${at + 1}`));
    }
    case "map": {
      if (typeof value !== "object" || Array.isArray(value)) throw new Refusal(say("is-no-table", { what }));
      const found = Object.create(null);
      for (const key of Object.keys(value)) found[key] = typed(value[key], field.of, `${what}, ${key}`);
      return found;
    }
    case "part":
      return shaped(value, field.of, what);
    default: {
      if (typeof value !== "string" || !value.trim()) throw new Refusal(say("is-no-text", { what }));
      if (field.pattern !== undefined && !patternAt(field.pattern).test(value)) {
        throw new Refusal(say("is-not-written-as-it-has", { what }));
      }
      if (field.is === "instant") return instant(value, what);
      return value;
    }
  }
}

const patterns = [];

function patternAt(number) {
  patterns[number] ??= new RegExp(SHAPES.patterns[number]);
  return patterns[number];
}

// An instant as it is hashed, to the second.
function instant(text, what) {
  const fits = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?Z$/.exec(text);
  if (!fits || Number.isNaN(Date.parse(text))) throw new Refusal(say("is-no-time-in-utc", { what }));
  return `${fits[1]}${fits[2] || ":00"}Z`;
}

function hashedFields(record, name, without = []) {
  const found = Object.create(null);
  for (const [key, field] of Object.entries(SHAPES.parts[name])) {
    const value = record[key];
    if (without.includes(key)) continue;
    if (field.default !== undefined && canonical(value) === canonical(field.default)) continue;
    found[key] = hashedValue(value, field, true);
  }
  return found;
}

// Words of a field are folded; words in a list are hashed as they stand, as the command does.
function hashedValue(value, field, ownField) {
  if (value === null) return null;
  if (field.is === "list") return value.map((each) => hashedValue(each, field.of, false));
  if (field.is === "part") return hashedFields(value, field.of);
  if (field.is === "map") {
    const found = Object.create(null);
    for (const key of Object.keys(value)) found[key] = hashedValue(value[key], field.of, false);
    return found;
  }
  return field.is === "words" && ownField ? plainText(value) : value;
}

// The fields that the digest of an entry of this kind about a record covers.
function hashedOf(kind, record, entryKind) {
  const { part, unhashed, apart } = SHAPES.kinds[kind];
  const own = apart[entryKind];
  const all = Object.keys(SHAPES.parts[part]);
  const without = own ? all.filter((key) => !own.includes(key)) : [...unhashed, ...Object.values(apart).flat()];
  return hashedFields(record, part, [...without, "suppress"]);
}

// The digest that the log has for a record, by the kind of its entry.
function digestFor(kind, record, entryKind) {
  const { apart, name } = SHAPES.kinds[kind];
  const domain = apart[entryKind] || !Object.keys(apart).length ? entryKind : name;
  return digestOf(utf8Of(canonical({ domain: `govkit/${domain}`, record: hashedOf(kind, record, entryKind) })));
}

const readAs = (kind, bytes, what) => shaped(readYaml(bytes, what), SHAPES.kinds[kind].part, what);

// The kind of record that lies at a path; null for what is none.
function kindAt(path) {
  for (const [kind, { places }] of Object.entries(SHAPES.kinds)) {
    if (places.some((place) => new RegExp(`^(?:${place})\\.yaml$`).test(path))) return kind;
  }
  return null;
}
