// Records to plain values, as the command's strict loader gives them: single values stay as their
// signs, only `null`, `~` and nothing are null. Less of YAML is read here than there; what is not
// is refused with its line, and never guessed.

const HIDDEN =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]/;

function readYaml(bytes, what) {
  if (bytes.length > LARGEST_RECORD) throw new Refusal(say("is-too-large-to-be-a", { what }));
  const text = textOf(bytes, what).replace(/\r\n/g, "\n");
  if (HIDDEN.test(text)) throw new Refusal(say("holds-signs-that-nobody-can-see", { what }));
  const lines = [];
  text.split("\n").forEach((line, at) => lines.push({ line, number: at + 1 }));
  const reading = new YamlReading(lines, what);
  const value = reading.block(0, 0);
  reading.skip();
  if (reading.at < lines.length) reading.refuse();
  return value;
}

class YamlReading {
  constructor(lines, what) {
    this.lines = lines;
    this.what = what;
    this.at = 0;
  }

  refuse(why = say("is-not-written-as-this-page")) {
    const here = this.lines[Math.min(this.at, this.lines.length - 1)];
    throw new Refusal(say("line", { what: this.what, number: here ? here.number : 1, why }));
  }

  skip() {
    while (this.at < this.lines.length && /^\s*(#.*)?$/.test(this.lines[this.at].line)) this.at += 1;
  }

  // The next line that says something, with its indentation; null at the end.
  next() {
    this.skip();
    if (this.at >= this.lines.length) return null;
    const { line } = this.lines[this.at];
    const indent = line.length - line.replace(/^ +/, "").length;
    return { indent, words: line.slice(indent) };
  }

  block(indent, depth) {
    if (depth > MOST_DEPTH) this.refuse(say("is-nested-too-deep-2"));
    const next = this.next();
    if (next === null || next.indent < indent) return null;
    if (next.words === "-" || next.words.startsWith("- ")) return this.list(next.indent, depth);
    return this.mapping(next.indent, depth);
  }

  mapping(indent, depth) {
    const found = Object.create(null);
    for (let next = this.next(); next && next.indent === indent; next = this.next()) {
      const fits = /^(?:"((?:[^"\\]|\\["\\])*)"|'((?:[^']|'')*)'|([A-Za-z0-9_<][^\s:#"'{}[\]]*)):(?: +(.*))?$/.exec(
        next.words,
      );
      if (!fits) this.refuse();
      const key = fits[1] !== undefined ? fits[1].replace(/\\(.)/g, "$1") : fits[2] ?? fits[3];
      if (key in found) this.refuse(say("says-a-key-twice"));
      found[key] = this.value((fits[4] || "").trim(), indent, depth);
    }
    const next = this.next();
    if (next && next.indent > indent) this.refuse();
    return found;
  }

  list(indent, depth) {
    const found = [];
    for (let next = this.next(); next && next.indent === indent; next = this.next()) {
      if (next.words !== "-" && !next.words.startsWith("- ")) break;
      const rest = next.words.slice(1).trimStart();
      const inner = indent + next.words.length - rest.length;
      if (/^(?:"[^"]*"|'[^']*'|[A-Za-z0-9_<][^\s:#"'{}[\]]*):(?: |$)/.test(rest)) {
        // The first key of a mapping stands behind the hyphen: read on as if it stood alone.
        this.lines[this.at] = { ...this.lines[this.at], line: " ".repeat(inner) + rest };
        if (depth + 1 > MOST_DEPTH) this.refuse(say("is-nested-too-deep-2"));
        found.push(this.mapping(inner, depth + 1));
      } else found.push(this.value(rest, indent, depth));
    }
    return found;
  }

  // What stands behind a colon or a hyphen, and the lines below that belong to it.
  value(words, indent, depth) {
    if (/^[|>][-+]?(?: +#.*)?$/.test(words)) return this.paragraphs(words, indent);
    if (words === "" || words.startsWith("#")) {
      this.at += 1;
      const next = this.next();
      const within = next && (next.indent > indent || (next.indent === indent && /^-( |$)/.test(next.words)));
      return within ? this.block(next.indent, depth + 1) : null;
    }
    if (/^["'[{]/.test(words)) {
      let whole = words;
      this.at += 1;
      while (!isClosed(whole)) {
        if (this.at >= this.lines.length || !/^ /.test(this.lines[this.at].line)) this.refuse();
        whole += ` ${this.lines[this.at].line.trim()}`;
        this.at += 1;
      }
      return new FlowReading(whole, this).whole();
    }
    if (/^[&*!%@`?|>]/.test(words)) this.refuse();
    let plain = words.replace(/\s+#.*$/, "");
    this.at += 1;
    // A plain text may go on below, further in.
    for (;;) {
      const here = this.lines[this.at];
      if (!here || !here.line.trim() || plain !== words || /:(?: |$)/.test(here.line)) break;
      const further = here.line.length - here.line.trimStart().length;
      if (further <= indent || /^\s*(#|- )/.test(here.line)) break;
      plain += ` ${here.line.trim()}`;
      words = plain;
      this.at += 1;
    }
    if (/:(?: |$)/.test(plain)) this.refuse();
    return plain === "null" || plain === "~" ? null : plain;
  }

  paragraphs(head, indent) {
    this.at += 1;
    const kept = [];
    let inner = 0;
    while (this.at < this.lines.length) {
      const { line } = this.lines[this.at];
      const lead = line.length - line.trimStart().length;
      if (line.trim()) {
        if (!inner) inner = lead;
        if (lead < inner || inner <= indent) break;
        if (head[0] === ">" && lead > inner) this.refuse();
      }
      kept.push(line.slice(inner));
      this.at += 1;
    }
    let end = kept.length;
    while (end && !kept[end - 1].trim()) end -= 1;
    const tail = kept.length - end;
    const words = kept.slice(0, end);
    const text = head[0] === "|" ? words.join("\n") : folded(words);
    if (head[1] === "-" || !words.length) return text;
    return text + (head[1] === "+" ? "\n".repeat(tail + 1) : "\n");
  }
}

function folded(lines) {
  let text = "";
  let empty = 0;
  lines.forEach((line, at) => {
    if (!line.trim()) empty += 1;
    else {
      if (at) text += empty ? "\n".repeat(empty) : " ";
      text += line;
      empty = 0;
    }
  });
  return text;
}

// Whether all that was opened in a row of brackets and quotes is closed.
function isClosed(words) {
  let open = 0;
  let quote = "";
  for (let at = 0; at < words.length; at += 1) {
    const sign = words[at];
    if (quote) {
      if (quote === '"' && sign === "\\") at += 1;
      else if (sign === quote) quote = "";
    } else if ((sign === '"' || sign === "'") && (at === 0 || /[\s[{,:]/.test(words[at - 1]))) quote = sign;
    else if (sign === "[" || sign === "{") open += 1;
    else if (sign === "]" || sign === "}") open -= 1;
  }
  return !quote && open <= 0;
}

const ESCAPES = { "\\": "\\", '"': '"', n: "\n", t: "\t", "/": "/" };

class FlowReading {
  constructor(words, lines) {
    this.words = words;
    this.lines = lines;
    this.at = 0;
  }

  whole() {
    const value = this.value(0);
    const rest = this.words.slice(this.at).trim();
    if (rest && !rest.startsWith("#")) this.lines.refuse();
    return value;
  }

  space() {
    while (this.words[this.at] === " ") this.at += 1;
  }

  value(depth) {
    if (depth > MOST_DEPTH) this.lines.refuse(say("is-nested-too-deep-2"));
    this.space();
    const sign = this.words[this.at];
    if (sign === '"' || sign === "'") return this.quoted(sign);
    if (sign === "[") return this.items(depth);
    if (sign === "{") return this.pairs(depth);
    const plain = /^[^,[\]{}#"'&*!|>%@`][^,[\]{}]*/.exec(this.words.slice(this.at));
    if (!plain || /:(?: |$)/.test(plain[0].trimEnd())) this.lines.refuse();
    this.at += plain[0].length;
    const words = plain[0].trim();
    return words === "null" || words === "~" ? null : words;
  }

  quoted(quote) {
    let text = "";
    for (this.at += 1; this.at < this.words.length; this.at += 1) {
      const sign = this.words[this.at];
      if (sign === quote) {
        if (quote === '"' || this.words[this.at + 1] !== "'") {
          this.at += 1;
          return text;
        }
        this.at += 1;
      } else if (quote === '"' && sign === "\\") {
        this.at += 1;
        const meant = ESCAPES[this.words[this.at]];
        if (meant === undefined) this.lines.refuse();
        text += meant;
        continue;
      }
      text += sign;
    }
    return this.lines.refuse();
  }

  items(depth) {
    const found = [];
    for (this.at += 1; ; this.at += 1) {
      this.space();
      if (this.words[this.at] === "]") break;
      found.push(this.value(depth + 1));
      this.space();
      if (this.words[this.at] === "]") break;
      if (this.words[this.at] !== ",") this.lines.refuse();
    }
    this.at += 1;
    return found;
  }

  pairs(depth) {
    const found = Object.create(null);
    for (this.at += 1; ; this.at += 1) {
      this.space();
      if (this.words[this.at] === "}") break;
      const fits = /^(?:"([^"\\]*)"|'([^']*)'|([A-Za-z0-9_<][^\s:,[\]{}]*)): */.exec(this.words.slice(this.at));
      if (!fits) this.lines.refuse();
      const key = fits[1] ?? fits[2] ?? fits[3];
      if (key in found) this.lines.refuse(say("says-a-key-twice"));
      this.at += fits[0].length;
      found[key] = this.value(depth + 1);
      this.space();
      if (this.words[this.at] === "}") break;
      if (this.words[this.at] !== ",") this.lines.refuse();
    }
    this.at += 1;
    return found;
  }
}
