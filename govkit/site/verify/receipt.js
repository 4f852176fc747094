// A receipt: a page of words, and below it the proof with all records that the words follow from.
// As the command does, the words are written again from those records and compared, line by line.

const RECEIPT = "govkit receipt 1";
const PROOF = "----- The proof. Change no letter below, or above. -----";
const PROOF_FORMAT = "c2sp.org/tlog-proof@v1";
const LARGEST_RECEIPT = 8 << 20;
const ASK = "Ask the coordinators for a new receipt, and show them this one.";
const STANCES = {
  consent: "consents",
  "consent-with-reservation": "consents with a reservation",
  "stand-aside": "stands aside",
  object: "objects",
  abstain: "abstains",
  withdraw: "withdraws what was said before",
};

function readReceipt(bytes) {
  const none = (why) => new Refusal(say("this-is-no-receipt-that-can", { why }), say("take-the-file-as-it-was"));
  if (bytes.length > LARGEST_RECEIPT) throw none(say("it-is-too-large"));
  const text = textOf(bytes, say("this"));
  if (!text.startsWith(`${RECEIPT}\n`)) throw none(say("a-receipt-begins-with-the-line", { receipt: RECEIPT }));
  const at = text.indexOf(`\n${PROOF}\n`);
  if (at < 0) throw none(say("the-proof-at-its-end-is"));
  const lines = text.slice(at + PROOF.length + 2).split("\n");
  const packed = lines[0] === PROOF_FORMAT && lines[1].startsWith("extra ") && bytesOfBase64(lines[1].slice(6));
  const broken = none(say("the-records-in-its-proof-cant"));
  if (!packed) throw broken;
  const extra = readJson(textOf(packed, say("the-proof")), say("the-proof"));
  if (!isExtra(extra)) throw broken;
  return { text, extra, proofs: proofsIn(extra, broken) };
}

function isExtra(extra) {
  const isTable = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  return (
    isTable(extra) &&
    extra.receipt === 1 &&
    Number.isInteger(Number(extra.seq)) &&
    isTable(extra.files) &&
    isTable(extra.proofs) &&
    Array.isArray(extra.standing) &&
    typeof extra.written === "string" &&
    Object.values(extra.files).every((each) => typeof each === "string") &&
    Object.keys(extra.files).length <= 2000 &&
    Object.keys(extra.proofs).length <= 2000 &&
    String(extra.seq) in extra.proofs
  );
}

function proofsIn(extra, broken) {
  const found = new Map();
  for (const [seq, hashes] of Object.entries(extra.proofs)) {
    const several = Array.isArray(hashes) ? hashes.map((each) => (typeof each === "string" ? bytesOfBase64(each) : null)) : [null];
    if (!/^\d+$/.test(seq) || several.some((each) => !each || each.length !== 32)) throw broken;
    found.set(Number(seq), several);
  }
  return found;
}

// What the command looks at and this page can't: without it nobody can say that a receipt holds.
const cannotTell = (...words) => ({ ...notChecked(...words), isNeeded: true });

async function judgeReceipt(bytes, known) {
  const receipt = readReceipt(bytes);
  const files = Object.create(null);
  for (const path of Object.keys(receipt.extra.files)) files[path] = utf8Of(receipt.extra.files[path]);
  const register = await registerOf(files);
  const seq = Number(receipt.extra.seq);
  const entry = register.entries.find((each) => each.seq === seq);
  if (!entry || register.heads.length !== 1 || !register.genesis) {
    throw new Refusal(say("this-is-no-receipt-that-can-be"), ASK);
  }
  const [head] = register.heads;
  const about = entry.path ? register.records.get(entry.path) || null : null;
  const subject = { receipt, register, entry, head, about };
  const looks = [
    ...(await looksAtWords(subject)),
    ...(await looksAtFoundingOf(subject, known)),
    ...(await looksAtRecord(subject)),
    ...(await looksAtTexts(subject)),
    ...(await looksAtProofs(subject)),
    notChecked(
      "history",
      say("what-came-after-this-head-later"),
      say("compare-the-head-with-the-one"),
    ),
  ];
  if (receipt.extra.standing.length) looks.push(notChecked("decisions", say("whether-it-counts-the-receipt-says", { written: receipt.extra.written })));
  const isEnough = !looks.some((look) => look.isNeeded);
  return { kind: "receipt", name: say("number-of-the-log", { number: seq }), looks, isEnough };
}

const kindHashed = async ({ entry, about }) => {
  if (entry.kind !== "countersigned") return entry.kind;
  const answered = about.kind === "comment" && (await digestFor("comment", about.record, "disposition")) === entry.digest;
  return answered ? "disposition" : SHAPES.kinds[about.kind].entry;
};

// --- the words ------------------------------------------------------------------------------------

async function looksAtWords(subject) {
  const { receipt } = subject;
  const wrong = (number) => [fails("receipt", say("line-2", { number }), say("this-line-is-not-what-its"), ASK)];
  const given = receipt.text.split("\n");
  const above = await wordsAbove(subject);
  const at = above.findIndex((line, number) => given[number] !== line);
  if (at >= 0) return wrong(at + 1);
  const below = await wordsBelow(subject);
  const begin = given.length - below.length;
  const off = below.findIndex((line, number) => given[begin + number] !== line);
  if (begin < above.length || off >= 0) return wrong(begin + off + 1);
  return looksBetween(subject, given.slice(above.length, begin), above.length);
}

// All lines down to where the whole texts, or a record as it was filed, begin.
async function wordsAbove({ receipt, register, entry, about }) {
  const lines = [RECEIPT, "", `Coalition: ${register.genesis.coalition}`, `Root fingerprint: ${register.root}`];
  lines.push(`Number in the log: ${entry.seq}, ${entry.own}`, `What was filed: ${entry.kind}`);
  if (entry.path !== null) lines.push(`Record: ${entry.path}`, `Digest: ${entry.digest}`);
  lines.push(`Received: ${entry.received_at}`, `Written down: ${entry.recorded_at}, by ${entry.by}`, "");
  if (asFile(entry, about)) return lines;
  if (about.kind === "position") addPosition(lines, entry.path, about.record);
  else addComment(lines, entry.path, about.record);
  lines.push("", ...standingLines(receipt, entry, about));
  return lines;
}

const asFile = (entry, about) =>
  entry.countersignature !== null ||
  entry.taken_over !== null ||
  about === null ||
  !(about.kind === "position" || (about.kind === "comment" && entry.kind === "comment"));

function standingLines({ extra }, entry, about) {
  const lines = [];
  if (extra.standing.length) {
    lines.push(...wrapped(`How it stood on ${extra.written}, as the coordinators had it:`), "");
    for (const sentence of extra.standing) lines.push(...wrapped(sentence, "  "), "");
  }
  if (about && about.kind === "position") {
    lines.push(...wrapped(`To withdraw, tell any coordinator: "I withdraw my position on ${entry.path.split("/")[2]}".`), "");
  }
  return lines;
}

// Paragraphs of at most 72 signs a line, as Python's textwrap makes them.
function wrapped(words, indent = "") {
  const found = [];
  for (const line of words.split("\n")) {
    const inner = /^ */.exec(line)[0];
    const lead = indent + inner;
    let row = "";
    for (const word of line.split(/\s+/).filter(Boolean)) {
      if (row && [...row, ...word].length + 1 > 72) {
        found.push(row);
        row = lead + word;
      } else row = row ? `${row} ${word}` : lead + word;
    }
    found.push(row);
  }
  return found;
}

const setInWords = (words) => plainText(words).split("\n\n").flatMap((paragraph) => wrapped(paragraph, "  "));

function addPosition(lines, path, record) {
  if (record.reason_withheld) throw new Unable(say("the-reason-in-it-is-not"), say("take-the-command-govkit-receipt-verify"));
  const by = record.cast_by === record.member ? "" : `, through ${record.cast_by},`;
  lines.push(`Proposal ${path.split("/")[2]}, revision ${record.revision}`);
  lines.push(`${record.member}${by} ${STANCES[record.position]}.`);
  if (record.confirms_withdrawal) lines.push("An earlier objection is withdrawn.");
  if (record.reason !== null) lines.push("Reason:", ...setInWords(record.reason));
  lines.push("The exact words, by their digests before and after:");
  const seen = new Set();
  for (const pair of record.units) {
    lines.push(`  ${pair.id}${seen.has(pair.id) ? ", where another open proposal is applied first" : ""}`);
    seen.add(pair.id);
    lines.push(`    before ${pair.before || "nothing: never adopted"}`, `    after  ${pair.after || "nothing: withdrawn"}`);
  }
}

function addComment(lines, path, record) {
  if (record.author.commitment) throw new Unable(say("its-author-is-no-member-and"), say("take-the-command-govkit-receipt-verify"));
  const { author, target } = record;
  lines.push(`Proposal ${path.split("/")[2]}, a comment of ${author.member || author.name || "a person without a name"}`);
  lines.push(`About: ${target.unit || "the whole proposal"}, revision ${target.revision}`);
  if (target.quote) lines.push("The words that it is about:", ...setInWords(target.quote));
  lines.push("In their words:", ...setInWords(record.comment || "They are not published."));
}

// All lines from the last paragraph on: what the file is for, and the proof.
async function wordsBelow(subject) {
  const { receipt, register, entry, head } = subject;
  const lines = [
    ...wrapped(
      `What follows proves that this is number ${entry.seq} of the sealed log. Keep the file as it is. Anybody can check it without a network: \`govkit receipt verify FILE --fingerprint DIGEST\` with the root fingerprint of the coalition, from wherever you trust it. docs/verify.md of govkit shows how it is done by hand.`,
    ),
    "",
    PROOF,
    PROOF_FORMAT,
    `extra ${base64Of(utf8Of(canonical(await extraOf(subject))))}`,
    `index ${entry.seq - 1}`,
    ...receipt.proofs.get(entry.seq).map(base64Of),
    "",
    ...head.record.checkpoint.replace(/\n$/, "").split("\n"),
    "",
  ];
  for (const seal of head.record.seals) lines.push(await noteLine(seal.by, "head@govkit", seal.signature));
  for (const witness of head.record.witnesses) {
    const seen = new Uint8Array(8);
    new DataView(seen.buffer).setBigUint64(0, BigInt(momentOf(witness.seen_at) / 1000));
    lines.push(await noteLine(witness.by || witness.name || "", "witness@govkit", witness.signature, seen));
  }
  return [...lines, ""];
}

async function noteLine(name, purpose, signature, before = new Uint8Array()) {
  const spoken = name.replace(/\+/g, "-").split(/\s+/).filter(Boolean).join("-");
  const read = signatureOf(armour(signature));
  const key = joined(utf8Of(`${spoken}\n`), Uint8Array.of(255), utf8Of(`${purpose} ${read ? read.key.text : ""}`));
  const blob = bytesOfBase64(signature.replace(/\s+/g, "")) || new Uint8Array();
  return `\u2014 ${spoken} ${base64Of(joined((await hashOf(key)).subarray(0, 4), before, blob))}`;
}

// What stands behind `extra`, made again from the records in it.
async function extraOf(subject) {
  const { receipt, register, entry, about } = subject;
  const value = (kind, record, entryKind) => canonical({ domain: `govkit/${entryKind}`, record: hashedOf(kind, record, entryKind) });
  const hashed = {
    entry: value("log-entry", entry.whole, "log-entry"),
    founding: value("genesis", register.genesis, "genesis"),
  };
  if (about && entry.path) {
    const kind = await kindHashed(subject);
    if ((await digestFor(about.kind, about.record, kind)) === entry.digest) hashed.record = value(about.kind, about.record, kind);
  }
  const proofs = {};
  for (const [seq, hashes] of receipt.proofs) proofs[seq] = hashes.map(base64Of);
  const { files, standing, written } = receipt.extra;
  return { files, hashed, proofs, receipt: 1, seq: Number(receipt.extra.seq), standing: standing.map(String), written };
}

// What stands between: a record as it was filed, or the whole texts of a position.
function looksBetween(subject, lines, offset) {
  const { receipt, entry, about } = subject;
  const held = [holds("receipt", say("every-line-says-what-the-records"))];
  const wrong = [fails("receipt", say("line-and-below", { number: offset + 1 }), say("these-lines-are-not-what-the"), ASK)];
  if (asFile(entry, about)) {
    const standing = ["", ...standingLines(receipt, entry, about)];
    const own = lines.slice(0, lines.length - standing.length);
    const rest = lines.slice(own.length);
    if (rest.join("\n") !== standing.join("\n")) return wrong;
    if (about === null && entry.countersignature === null && entry.taken_over === null) {
      return own.join() === "The record can't be read." ? held : wrong;
    }
    const ofEntry = entry.countersignature !== null || entry.taken_over !== null || about === null;
    const title = ofEntry ? "The entry, as it was filed:" : "The record, as it was filed:";
    const [kind, record] = ofEntry ? ["log-entry", entry.whole] : [about.kind, about.record];
    const expected = [title, ...linesOfRecord(record, SHAPES.kinds[kind].part)];
    return own.join("\n") === expected.join("\n") ? held : wrong;
  }
  if (about.kind !== "position") return lines.length ? wrong : held;
  const found = textsIn(subject, lines);
  if (found === "fails") return wrong;
  if (found === "holds") return held;
  return [
    holds("receipt", say("every-line-but-those-of-the")),
    cannotTell("receipt", say("the-lines-of-the-texts-this"), say("the-command-can-govkit-receipt-verify")),
  ];
}

// The texts that a position was given to, as far as they are here, with whether they can be compared.
function copiesIn({ about, entry, register }) {
  const folder = `${entry.path.split("/").slice(0, 3).join("/")}/rev-${about.record.revision}`;
  const found = [];
  for (const id of new Set(about.record.units.map((pair) => pair.id))) {
    const path = `${folder}/after/${id}.yaml`;
    if (!(path in register.files)) continue;
    let copy = null;
    try {
      copy = readYaml(register.files[path], path);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    found.push({ id, path, copy, isPlain: copy !== null && isPlainText(copy) });
  }
  return { folder, found };
}

// Whether the texts are printed as their copies have them: holds, fails, or unknown where a copy has
// more than this page can print.
function textsIn(subject, lines) {
  const { found } = copiesIn(subject);
  if (found.some((each) => !each.isPlain)) return "unknown";
  const expected = found.flatMap(({ copy }) => printedLines(copy, wordsFor(subject.register)));
  return lines.join("\n") === expected.join("\n") ? "holds" : "fails";
}

async function looksAtTexts(subject) {
  const { about, register } = subject;
  if (about === null || about.kind !== "position") return [];
  const { folder, found } = copiesIn(subject);
  const revision = register.records.get(`${folder}/revision.yaml`);
  const unseen = [];
  const wrong = [];
  for (const id of new Set(about.record.units.map((pair) => pair.id))) {
    const due = new Set(about.record.units.filter((pair) => pair.id === id && pair.after).map((pair) => pair.after));
    const here = found.find((each) => each.id === id);
    if (!due.size) continue;
    const digests = new Map();
    for (const [slug, state] of Object.entries(revision ? revision.record.terms : {})) digests.set(slug, state.after);
    for (const each of revision ? revision.record.units : []) if (each.after) digests.set(each.id, each.after);
    const kind = here && revision && here.copy ? await kindByDigest(here.copy, digests, due) : "";
    if (kind) {
      // The digest covers what binds. Whether the command can read the rest, its shape says.
      if (!isReadAs(kind, here.copy, register.files[here.path], charterOf(register))) unseen.push(id);
    } else if (here && revision && here.isPlain) {
      wrong.push(fails("texts", here.path, say("these-are-not-the-words-of", { id }), ASK));
    } else unseen.push(id);
  }
  const looks = unseen.length
    ? [cannotTell("texts", say("whether-the-words-of-have-the", { names: listed(unseen) }), say("the-command-can-govkit-receipt-verify"))]
    : [];
  const some = found.length > unseen.length;
  return some ? orHolds("texts", say("the-texts-in-it-are-those"), [...wrong, ...looks]) : looks;
}

function charterOf(register) {
  const charter = register.records.get(CHARTER);
  return charter ? charter.record : null;
}

function wordsFor(register) {
  const charter = charterOf(register);
  const language = charter ? charter.languages.authoritative : "en";
  return SHAPES.words[language] || SHAPES.words.en;
}

// A text in full, as govkit/correspondence/texts.py has it.
function printedLines(copy, words) {
  const head = `${copy.id}: ${copy.title}`;
  const lines = [head, "-".repeat([...head].length), "", "The words after the change:", ""];
  const say = (text, first = "        ") => {
    const [begin, ...rest] = blocksIn(text);
    const own = wrapped(begin, "        ");
    own[0] = first + own[0].slice(8);
    lines.push(...own, "", ...rest.flatMap((block) => [...wrapped(block, "        "), ""]));
  };
  for (const clause of copy.clauses) {
    say(shownWords(clause.text), clause.id ? `    (${clause.id}) ` : "        ");
    for (const [key, name] of [["conditions", "condition"], ["exceptions", "exception"]]) {
      for (const limit of clause[key] || []) say(`${words[name]}: ${shownWords(limit).split(/\s+/).join(" ").trim()}`);
    }
  }
  for (const [name, blank] of Object.entries(copy.parameters || {})) {
    let shownBlank = blank.type === "text" ? blank.default : `${blank.default} ${blank.type}`;
    if (blank.minimum) shownBlank += `, ${words["at-least"].replace("{limit}", blank.minimum)}`;
    if (blank.maximum) shownBlank += `, ${words["at-most"].replace("{limit}", blank.maximum)}`;
    say(`{${name}}: ${shownBlank} (${blank.meaning.trim().split(/\s+/).join(" ")})`);
  }
  return lines;
}

// --- what it proves -------------------------------------------------------------------------------

async function looksAtFoundingOf({ register }, known) {
  const { genesis, root } = register;
  const looks = [];
  if (!known.fingerprint) {
    looks.push(
      notChecked(
        "founding",
        say("the-root-fingerprint-in-it-is", { root }),
        say("type-it-above-from-a-book"),
      ),
    );
  } else if (known.fingerprint !== root) {
    looks.push(fails("founding", GENESIS, say("it-rests-on-the-founding-and", { root, fingerprint: known.fingerprint }), say("do-not-rely-on-it")));
  } else looks.push(holds("founding", say("it-rests-on-the-founding-that", { root })));
  const signed = await signersOfFounding(genesis, root);
  const unsigned = genesis.coordinators.map((first) => first.id).filter((id) => !signed.includes(id));
  if (unsigned.length) looks.push(fails("founding", GENESIS, say("did-not-sign-the-founding", { names: listed(unsigned) }), say("ask-them")));
  return looks;
}

async function looksAtRecord(subject) {
  const { entry, about } = subject;
  if (entry.path === null) return [];
  if (about === null) return [fails("records", entry.path, say("the-record-is-not-in-the"), ASK)];
  if ((await digestFor(about.kind, about.record, await kindHashed(subject))) !== entry.digest) {
    return [fails("records", entry.path, say("these-are-not-the-words-that"), ASK)];
  }
  return [holds("records", say("the-words-are-those-that-were", { digest: entry.digest }))];
}

async function looksAtProofs({ receipt, register, entry, head }) {
  const point = checkpointOf(head.record.checkpoint);
  if (!point) return [fails("log", say("the-head"), say("it-is-not-written-as-a"), ASK)];
  const looks = [];
  for (const each of register.entries) {
    const proof = receipt.proofs.get(each.seq);
    const root = proof && (await rootByInclusion(await leafOf(each), each.seq - 1, point.size, proof));
    if (!root || !sameBytes(root, point.root)) {
      looks.push(fails("log", say("number", { number: each.seq }), say("its-proof-does-not-lead-to"), say("do-not-rely-on-it-tell")));
    }
  }
  if (!looks.length) looks.push(holds("log", say("number-is-below-the-head", { number: entry.seq, head: point.short })));
  const seals = await sealsOf(register, await ownRules(register), false);
  looks.push(...seals.faults.map(([path, why]) => fails("log", path, why, say("do-not-rely-on-it-ask"))));
  if (!seals.newest) {
    looks.push(fails("log", say("the-head"), say("no-coordinator-of-its-moment-has"), say("do-not-rely-on-it-ask-the")));
  } else {
    const seen = seals.newest.witnesses.length ? say("and-seen-by", { names: listed(seals.newest.witnesses) }) : "";
    looks.push(holds("coordinators", say("the-head-is-sealed-by", { names: listed(seals.newest.sealedBy), seen })));
  }
  return looks;
}
