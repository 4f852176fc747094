// A release: its list, its manifest, its records, its log, its signatures and its publication.
// A look is { subject, state: holds | fails | not-checked, message, place, help }.

const AGAIN = say("get-the-release-again-from-another");
const REWRITTEN = say("somebody-rewrote-what-was-public-compare");

const OWN = ["RECORDS", "manifest.yaml", "FOREWORD.md"];
const BESIDE = [...OWN, "SHA256SUMS", "published.yaml"];
const EVIDENCE = "evidence.tar";
const TOO_LARGE = null; // a file that is there, and is too large to be read whole
const RECORD_LINE = /^([0-9a-f]{64})  ([^\n]+)$/;

const holds = (subject, message) => ({ subject, state: "holds", message });
const fails = (subject, place, message, help) => ({ subject, state: "fails", message, place, help });
const notChecked = (subject, message, help = "") => ({ subject, state: "not-checked", message, help });

const orHolds = (subject, message, looks) =>
  looks.some((look) => look.state === "fails") ? looks : [holds(subject, message), ...looks];

// `SHA256SUMS` or `RECORDS` as name -> digest. Throws a Refusal for what govkit does not write.
function readList(bytes, what, isName) {
  const text = textOf(bytes, what);
  if (text && !text.endsWith("\n")) throw new Refusal(say("its-last-line-has-no-end", { what }));
  const found = new Map();
  const twins = new Set();
  let before = "";
  text.split("\n").slice(0, -1).forEach((line, at) => {
    const fits = RECORD_LINE.exec(line);
    if (!fits || !isName(fits[2])) throw new Refusal(say("line-is-no-digest-with-a", { what, number: at + 1 }));
    if (!inOrder(before, fits[2])) throw new Refusal(say("line-is-not-in-order-or", { what, number: at + 1 }));
    before = fits[2];
    const twin = before.toLowerCase().normalize("NFC");
    if (twins.has(twin)) throw new Refusal(say("two-names-are-one-file-on", { what }));
    twins.add(twin);
    found.set(before, fits[1]);
  });
  return found;
}

// Python orders by code points, JavaScript by halves of them.
function inOrder(one, other) {
  const [left, right] = [[...one], [...other]];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [here, there] = [left[at].codePointAt(0), right[at].codePointAt(0)];
    if (here !== there) return here < there;
  }
  return left.length < right.length;
}

const isFileName = (name) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(name);

function isRecordPath(path) {
  const parts = path.split("/");
  const plain = parts.every((part) => part && ![".", "..", ".git"].includes(part.toLowerCase()));
  return plain && parts.length > 1 && SHAPES.folders.includes(parts[0]) && !/[\x00-\x1f\x7f-\xa0\\]/.test(path);
}

const slugOfBook = (id) => (id === null ? "all" : id.split(/[.-]/).pop().toLowerCase());

const nameOf = (manifest) => `${slugOfBook(manifest.instrument)}/${manifest.version}`;

function readManifest(bytes) {
  try {
    return readAs("manifest", bytes, "manifest.yaml");
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(say("the-manifest-cant-be-read", { why: error.message }), say("get-the-release-again"));
    throw error;
  }
}

// Judge a release by the files of its folder (name -> bytes). `known` is what somebody has from
// elsewhere: { fingerprint, head, entry, now }.
async function judgeRelease(files, known) {
  const manifest = readManifest(files["manifest.yaml"]);
  const name = nameOf(manifest);
  if (!manifest.artefacts.includes(EVIDENCE)) {
    throw new Refusal(
      say("carries-no-records-of-its-own", { name }),
      say("it-takes-a-clone-of-the"),
    );
  }
  const looks = [holds("manifest", say("it-is-that-of-dated", { name, dated: manifest.dated }))];
  looks.push(...(await looksAtList(files, manifest)));
  const [data, fault] = dataOf(files[EVIDENCE]);
  if (fault) looks.push(fails("folder", EVIDENCE, fault, AGAIN));
  looks.push(...(await looksAtRecords(files, manifest, data)));
  const listedPaths = new Set(recordPaths(files));
  const register = await registerOf(data);
  if (!register.genesis) {
    looks.push(...withoutFounding(manifest, data));
    return { kind: "release", name, manifest, looks };
  }
  const rules = await ownRules(register);
  const publication = publicationIn(files);
  looks.push(...(await looksAtLog(register, rules, manifest, known, listedPaths)));
  looks.push(...(await looksAtFounding(register, manifest, publication, known)));
  looks.push(...(await looksAtCoordinators(register, rules, manifest)));
  const signed = await signersOf(files, rules, manifest, publication, known);
  looks.push(...signed.looks);
  looks.push(...(await looksAtPublication(files, register, rules, name, manifest, publication, signed, known)));
  looks.push(...onlyTheCommand());
  return { kind: "release", name, manifest, looks };
}

function onlyTheCommand() {
  return [
    notChecked(
      "texts",
      say("whether-the-texts-are-those-that"),
      say("the-command-reckons-both-again-govkit"),
    ),
    notChecked("books", say("whether-the-books-say-what-the")),
    notChecked("history", say("what-came-before-or-after-and")),
  ];
}

// --- the lists ------------------------------------------------------------------------------------

async function looksAtList(files, manifest) {
  let named;
  try {
    named = readList(files.SHA256SUMS, "SHA256SUMS", isFileName);
  } catch (error) {
    if (error instanceof Refusal) return [fails("sums", "SHA256SUMS", error.message, AGAIN)];
    throw error;
  }
  const wrong = [];
  for (const own of ["manifest.yaml", "RECORDS"]) {
    if (!named.has(own)) wrong.push(fails("sums", "SHA256SUMS", say("it-does-not-list", { own }), AGAIN));
  }
  const built = [...named.keys()].filter((name) => !OWN.includes(name));
  const said = (message) => wrong.push(fails("sums", "SHA256SUMS", message, AGAIN));
  manifest.artefacts.filter((name) => !built.includes(name)).forEach((name) => said(say("the-manifest-names-and-the-list", { name })));
  built.filter((name) => !manifest.artefacts.includes(name)).forEach((name) => said(say("it-lists-and-the-manifest-does", { name })));
  for (const [name, digest] of named) {
    if (!(name in files)) wrong.push(fails("sums", name, say("is-missing", { name }), AGAIN));
    else if (files[name] === TOO_LARGE) throw new Unable(say("is-too-large-to-be-read", { name }), say("take-the-command-govkit-release-verify-folder"));
    else if ((await sha256(files[name])) !== digest) wrong.push(fails("sums", name, say("was-changed-after-it-was-signed", { name }), AGAIN));
  }
  for (const name of Object.keys(files)) {
    if (!named.has(name) && !["SHA256SUMS", "published.yaml"].includes(name) && !name.startsWith("signatures/")) {
      wrong.push(fails("sums", name, say("is-in-no-list-that-was", { name }), say("it-is-no-part-of-the")));
    }
  }
  return orHolds("sums", sayCounted("as-the-sums-have-them", named.size), wrong);
}

function dataOf(archive) {
  if (!archive) return [Object.create(null), say("is-missing-so-nothing-in-it", { file: EVIDENCE })];
  try {
    return [filesInTar(archive, EVIDENCE), ""];
  } catch (error) {
    if (error instanceof Refusal) return [Object.create(null), error.message];
    throw error;
  }
}

function recordPaths(files) {
  try {
    return [...readList(files.RECORDS || new Uint8Array(), "RECORDS", isRecordPath).keys()];
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

async function looksAtRecords(files, manifest, data) {
  const bytes = files.RECORDS || new Uint8Array();
  let named;
  try {
    named = readList(bytes, "RECORDS", isRecordPath);
  } catch (error) {
    if (error instanceof Refusal) return [fails("records", "RECORDS", error.message, AGAIN)];
    throw error;
  }
  const wrong = [];
  if (named.size !== manifest.records) {
    wrong.push(fails("records", "RECORDS", say("it-lists-files-and-the-manifest", { count: named.size, records: manifest.records }), AGAIN));
  }
  const lines = textOf(bytes, "RECORDS").split("\n").slice(0, -1);
  const leaves = await Promise.all(lines.map((line) => leafHash(utf8Of(line))));
  const root = (await rootsOf(leaves, [leaves.length])).get(leaves.length);
  if (`sha256:${hex(root)}` !== manifest.merkle_root) {
    wrong.push(fails("records", "RECORDS", say("it-does-not-have-the-root"), say("the-list-was-changed-after-the", { again: AGAIN })));
  }
  for (const path of Object.keys(data)) {
    if (!named.has(path)) wrong.push(fails("records", path, say("this-file-is-in-no-list"), AGAIN));
    else if ((await sha256(data[path])) !== named.get(path)) {
      wrong.push(fails("records", path, say("this-file-is-not-as-it"), AGAIN));
    }
  }
  if (named.has(GENESIS) && !(GENESIS in data)) wrong.push(fails("records", GENESIS, say("this-file-was-part-of-the"), AGAIN));
  const here = Object.keys(data).filter((path) => named.has(path)).length;
  const looks = orHolds("records", sayCounted("as-the-records-have-them", here), wrong);
  if (here < named.size) {
    looks.push(notChecked("records", sayCounted("in-a-clone", named.size - here)));
  }
  return looks;
}

function withoutFounding(manifest, data) {
  if (manifest.genesis !== null || GENESIS in data) {
    return [fails("founding", GENESIS, say("the-founding-is-gone-or-cant"), AGAIN)];
  }
  return [
    fails("signatures", "SHA256SUMS", say("the-coalition-is-forming-so-nobody"), say("these-are-drafts-that-nobody-vouches")),
    notChecked("founding", say("the-coalition-is-forming-it-is")),
  ];
}

// --- the log and who coordinated ------------------------------------------------------------------

async function looksAtLog(register, rules, manifest, known, listedPaths) {
  const seals = await sealsOf(register, rules, true);
  const wrong = (await breaksOf(register, (path) => listedPaths.has(path))).map(([path, why]) => fails("log", path, why, REWRITTEN));
  wrong.push(...seals.faults.map(([path, why]) => fails("log", path, why, REWRITTEN)));
  const { entries } = register;
  if (seals.unsealed) {
    wrong.push(fails("log", pathOfEntry(entries.length), sayCounted("unsealed", seals.unsealed), "Nobody vouches for them."));
  }
  const last = entries[entries.length - 1];
  const said = manifest.newest_entry;
  if (said ? !last || last.seq !== said.seq || last.own !== said.digest : Boolean(last)) {
    wrong.push(fails("log", "manifest.yaml", say("the-manifest-says-that-the-log"), REWRITTEN));
  }
  wrong.push(...(await looksAtKnown(register, known)));
  const sealed = seals.newest ? say("the-newest-head-is-sealed-by", { head: seals.newest.point.short, names: listed(seals.newest.sealedBy) }) : "";
  const seen = seals.newest && seals.newest.witnesses.length ? say("witnesses", { names: listed(seals.newest.witnesses) }) : "";
  const looks = orHolds("log", `${sayCounted("entries-bound", entries.length)}${sealed}${seen}`, wrong);
  if (!known.head && !known.entry) {
    looks.push(
      notChecked(
        "log",
        say("the-log-was-compared-with-nothing"),
        say("a-coordinator-or-a-witness-has"),
      ),
    );
  }
  return looks;
}

async function looksAtKnown(register, known) {
  const wrong = [];
  const { entries } = register;
  const later = say("if-your-number-is-from-a");
  if (known.entry) {
    const entry = entries.find((each) => each.seq === known.entry.seq);
    if (!entry) wrong.push(fails("log", "governance/log", say("you-have-number-from-elsewhere-and", { number: known.entry.seq, count: entries.length }), later));
    else if (entry.own !== known.entry.digest) {
      wrong.push(fails("log", entry.path, say("number-is-not-the-one-that", { number: entry.seq }), REWRITTEN));
    }
  }
  if (known.head) {
    const { size, root } = known.head;
    const roots = await rootsOf(await Promise.all(entries.map(leafOf)), [size]);
    if (size > entries.length) wrong.push(fails("log", pathOfHead(size), say("you-have-the-head-at-number", { number: size, count: entries.length }), later));
    else if (!sameBytes(roots.get(size), root)) {
      wrong.push(fails("log", pathOfHead(size), say("the-first-entries-are-not-those", { number: size }), REWRITTEN));
    }
  }
  return wrong;
}

async function looksAtFounding(register, manifest, publication, known) {
  const { genesis, root } = register;
  const wrong = [];
  const bad = (message, help) => wrong.push(fails("founding", GENESIS, message, help));
  if (manifest.genesis !== root) bad(say("the-root-fingerprint-is-and-the", { root, genesis: manifest.genesis }), say("this-is-another-coalition-or-another"));
  if (known.fingerprint && known.fingerprint !== root) {
    bad(say("the-root-fingerprint-is-and-you", { root, fingerprint: known.fingerprint }), say("this-is-another-coalition-or-it"));
  }
  const days = [manifest.dated, ...(publication ? [publication.published.slice(0, 10)] : [])].sort();
  if (days[0] < genesis.founded.slice(0, 10)) bad(say("the-release-says-that-it-is", { day: days[0] }), AGAIN);
  const signed = await signersOfFounding(genesis, root);
  const missing = genesis.coordinators.map((first) => first.id).filter((id) => !signed.includes(id));
  for (const id of new Set(genesis.signatures.map((seal) => seal.by))) {
    if (!signed.includes(id)) bad(say("the-signature-of", { id, forged: FORGED }), say("tell-the-coordinators-which-file-it", { again: AGAIN }));
  }
  if (missing.length) bad(say("it-is-not-signed-by", { names: listed(missing) }), say("ask-them"));
  const looks = orHolds("founding", say("signed-by-root-fingerprint", { names: listed(signed), root }), wrong);
  if (genesis.replaces) {
    looks.push(notChecked("founding", say("the-coalition-was-founded-again-and", { replaces: genesis.replaces })));
  }
  if (!known.fingerprint) {
    looks.push(
      notChecked("founding", say("whether-this-is-the-coalition-that"), say("compare-the-root-fingerprint-with-one")),
    );
  }
  return looks;
}

async function looksAtCoordinators(register, rules, manifest) {
  const wrong = [];
  const tell = say("tell-the-coordinators-which-file-it", { again: AGAIN });
  for (const step of rules.steps) {
    if (step.fault) wrong.push(fails("coordinators", step.path, say("this-act-does-not-count", { fault: step.fault }), tell));
    const own = step.act.key ? step.act.key.member : null;
    for (const by of new Set(step.act.signatures.map((seal) => seal.by))) {
      if (!step.signed.includes(by) && by !== own) wrong.push(fails("coordinators", step.path, say("the-signature-of", { id: by, forged: FORGED }), tell));
    }
  }
  const { body } = rules;
  wrong.push(...(await ownRuleFaults(register, rules)).map(([path, why]) => fails("coordinators", path, why, tell)));
  if (!sameMembers(manifest.coordinators, body.ids) || manifest.threshold !== body.threshold) {
    wrong.push(fails("coordinators", "manifest.yaml", say("the-manifest-names-other-coordinators-than"), AGAIN));
  }
  const acts = rules.steps.length ? say("acts-since-the-founding-each-by", { count: rules.steps.length }) : "";
  return orHolds("coordinators", say("of-them-sign", { names: listed(body.ids), threshold: body.threshold, acts }), wrong);
}

const sameMembers = (one, other) => [...new Set(one)].sort().join() === [...new Set(other)].sort().join();

async function ownRuleFaults(register, rules) {
  const charter = register.records.get(CHARTER);
  if (charter) {
    const named = charter.record.coordinators;
    if (!sameMembers(named.ids, rules.body.ids) || named.threshold !== rules.body.threshold) {
      return [[CHARTER, say("the-charter-names-other-coordinators-than")]];
    }
  }
  const found = [];
  for (const [path, { kind, record }] of register.records) {
    if (kind !== "charter" && kind !== "policy") continue;
    if ((rules.digests.get(path) ?? null) !== (await digestFor(kind, record, kind))) {
      found.push([path, say("this-has-other-words-than-those", { kind })]);
    }
  }
  return found;
}

// --- the signatures and the publication -----------------------------------------------------------

function publicationIn(files) {
  if (!files["published.yaml"]) return null;
  try {
    return readAs("publication", files["published.yaml"], "published.yaml");
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

const PURPOSES = ["release@govkit", "release-not-rebuilt@govkit"];

async function signersOf(files, rules, manifest, publication, known) {
  const instant = publication ? momentOf(publication.published) : known.now;
  const bodies = [{ ...rules.founded, at: -Infinity }, ...rules.steps.map((step) => step.after)];
  const body = bodies.filter((each) => !(each.at > instant)).pop();
  const held = (id) => [...rules.keys.holding(id, instant).entries()];
  const suspect = (id) => rules.keys.of(id).some((key) => key.compromised !== null);
  const keysFor = (id) => (body.ids.includes(id) ? held(id).filter(([name]) => !rules.keys.of(id).some((key) => key.id === name && key.compromised !== null)).map(([, key]) => key) : []);
  const signed = { by: [], notRebuilt: [], body, keysFor };
  const wrong = [];
  for (const path of Object.keys(files).filter((each) => /^signatures\/[^]+\.sig$/.test(each)).sort()) {
    const id = path.slice("signatures/".length, -".sig".length);
    const text = signsOf(files[path]);
    const [whole, notRebuilt] = [await isSignedBy(files.SHA256SUMS, text, keysFor(id), PURPOSES[0]), await isSignedBy(files.SHA256SUMS, text, keysFor(id), PURPOSES[1])];
    if (whole || notRebuilt) {
      signed.by.push(id);
      if (!whole) signed.notRebuilt.push(id);
      continue;
    }
    const all = rules.keys.of(id).map((key) => key.public);
    const own = (await isSignedBy(files.SHA256SUMS, text, all, PURPOSES[0])) || (await isSignedBy(files.SHA256SUMS, text, all, PURPOSES[1]));
    let why = say("this-is-no-signature-of-over", { id });
    if (!body.ids.includes(id)) why = say("was-no-coordinator-then-and-this", { id });
    else if (own && suspect(id)) why = say("the-key-of-may-be-in", { id });
    else if (own) why = say("signed-with-a-key-that-did", { id });
    wrong.push(fails("signatures", path, why, say("take-no-signature-for-granted-ask")));
  }
  const needed = Math.max(body.threshold, manifest.threshold);
  if (signed.by.length < needed) {
    wrong.push(fails("signatures", "signatures", sayCounted("signatures-that-hold", signed.by.length, { needed }), say("this-release-is-not-vouched-for")));
  }
  signed.looks = orHolds("signatures", say("signed-by-it-takes", { names: listed(signed.by), count: needed }), wrong);
  if (signed.notRebuilt.length) signed.looks.push(notChecked("signatures", say("signed-without-building-the-release-again", { names: listed(signed.notRebuilt) })));
  return signed;
}

async function looksAtPublication(files, register, rules, name, manifest, said, signed, known) {
  const place = "published.yaml";
  const help = say("somebody-changed-what-it-says-about");
  if (!said) {
    if (files[place]) return [fails("publication", place, say("it-cant-be-read"), help)];
    return [notChecked("publication", say("when-it-was-published-what-says"))];
  }
  const wrong = [];
  const bad = (message) => wrong.push(fails("publication", place, message, help));
  const text = textOf(files[place], place);
  const at = text.search(/^signature:/m);
  const part = utf8Of(at < 0 ? text : text.slice(0, at));
  const proved = said.signature !== null && (await isSignedBy(part, armour(said.signature), signed.keysFor(said.by), "publication@govkit"));
  const rest = at < 0 ? "" : text.slice(at);
  if (!signed.body.ids.includes(said.by)) bad(say("was-no-coordinator-then-and-only", { id: said.by }));
  else if (said.signature === null) bad(say("nobody-has-signed-it"));
  else if (!proved || rest !== `signature: >-\n  ${said.signature.replace(/\s+/g, "")}\n`) {
    bad(say("this-is-not-what-signed-with", { id: said.by }));
  }
  const digestOfFile = async (file) => (file ? digestOf(file) : "");
  if (said.release !== name) bad(say("it-is-that-of-another-release", { release: said.release }));
  if (said.sums !== (await digestOfFile(files.SHA256SUMS))) bad(say("it-names-another-sha256sums"));
  for (const [id, digest] of Object.entries(said.signatures)) {
    if (!signed.by.includes(id)) bad(say("it-says-that-signed-and-no", { id }));
    if (files[`signatures/${id}.sig`] && digest !== (await digestOfFile(files[`signatures/${id}.sig`]))) {
      bad(say("it-was-published-with-another-signature", { id }));
    }
  }
  const counting = Object.keys(said.signatures).filter((id) => signed.by.includes(id));
  const kept = (ids) => counting.filter((id) => ids.includes(id));
  if (!sameMembers(kept(said.not_rebuilt), kept(signed.notRebuilt))) bad(say("it-says-otherwise-than-the-signatures"));
  const published = momentOf(said.published);
  const newest = Math.max(...register.entries.map((entry) => momentOf(entry.recorded_at)));
  if (published > known.now + 5 * 60 * 1000) bad(say("it-says-that-it-was-published"));
  if (published < newest) bad(say("it-says-that-it-was-published-before"));
  const head = checkpointOf(said.head);
  if (!head) bad(say("the-head-of-the-log-in"));
  else if (head.origin !== manifest.genesis) bad(say("it-names-a-head-of-another"));
  else if (manifest.newest_entry && head.size < manifest.newest_entry.seq) bad(say("it-names-a-head-over-fewer"));
  const looks = orHolds("publication", say("signed-by-at-utc", { id: said.by, moment: said.published.slice(0, 16).replace("T", " ") }), wrong);
  looks.push(notChecked("publication", say("whether-the-log-has-this-publication"), say("in-a-clone-govkit-c-clone")));
  return looks;
}
