// A release: its list, its manifest, its records, its log, its signatures and its publication.
// A look is { subject, state: holds | fails | not-checked, message, place, help }.

const AGAIN = "Get the release again, from another place if need be. Do not use this copy.";
const REWRITTEN =
  "Somebody rewrote what was public. Compare with a head of the log that was printed or sent earlier, and tell the coordinators and the list.";

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
  if (text && !text.endsWith("\n")) throw new Refusal(`${what}: its last line has no end`);
  const found = new Map();
  const twins = new Set();
  let before = "";
  text.split("\n").slice(0, -1).forEach((line, at) => {
    const fits = RECORD_LINE.exec(line);
    if (!fits || !isName(fits[2])) throw new Refusal(`${what}: line ${at + 1} is no digest with a name`);
    if (!inOrder(before, fits[2])) throw new Refusal(`${what}: line ${at + 1} is not in order, or is there twice`);
    before = fits[2];
    const twin = before.toLowerCase().normalize("NFC");
    if (twins.has(twin)) throw new Refusal(`${what}: two names are one file on some machines`);
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
    if (error instanceof Refusal) throw new Refusal(`the manifest can't be read: ${error.message}`, "Get the release again.");
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
      `${name} carries no records of its own, so nobody can tell from it alone who signed`,
      "It takes a clone of the repository: govkit -C CLONE release verify FOLDER",
    );
  }
  const looks = [holds("manifest", `it is that of ${name}, dated ${manifest.dated}`)];
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
      "whether the texts are those that were decided, word for word, and whether each decision follows from its own records",
      "The command reckons both again: govkit release verify FOLDER",
    ),
    notChecked("books", "whether the books say what the texts say: the command builds them again, in a clone"),
    notChecked("history", "what came before or after, and the tag: the command looks at both, in a clone"),
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
    if (!named.has(own)) wrong.push(fails("sums", "SHA256SUMS", `it does not list ${own}`, AGAIN));
  }
  const built = [...named.keys()].filter((name) => !OWN.includes(name));
  const said = (message) => wrong.push(fails("sums", "SHA256SUMS", message, AGAIN));
  manifest.artefacts.filter((name) => !built.includes(name)).forEach((name) => said(`the manifest names ${name}, and the list does not`));
  built.filter((name) => !manifest.artefacts.includes(name)).forEach((name) => said(`it lists ${name}, and the manifest does not`));
  for (const [name, digest] of named) {
    if (!(name in files)) wrong.push(fails("sums", name, `${name} is missing`, AGAIN));
    else if (files[name] === TOO_LARGE) throw new Unable(`${name} is too large to be read here`, "Take the command: govkit release verify FOLDER");
    else if ((await sha256(files[name])) !== digest) wrong.push(fails("sums", name, `${name} was changed after it was signed`, AGAIN));
  }
  for (const name of Object.keys(files)) {
    if (!named.has(name) && !["SHA256SUMS", "published.yaml"].includes(name) && !name.startsWith("signatures/")) {
      wrong.push(fails("sums", name, `${name} is in no list that was signed`, "It is no part of the release. Take it away, or get the release again."));
    }
  }
  return orHolds("sums", `${counted(named.size, "file is", "files are")} as SHA256SUMS has them, none more`, wrong);
}

function dataOf(archive) {
  if (!archive) return [Object.create(null), `${EVIDENCE} is missing, so nothing in it could be looked at`];
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
    wrong.push(fails("records", "RECORDS", `it lists ${named.size} files, and the manifest says ${manifest.records}`, AGAIN));
  }
  const lines = textOf(bytes, "RECORDS").split("\n").slice(0, -1);
  const leaves = await Promise.all(lines.map((line) => leafHash(utf8Of(line))));
  const root = (await rootsOf(leaves, [leaves.length])).get(leaves.length);
  if (`sha256:${hex(root)}` !== manifest.merkle_root) {
    wrong.push(fails("records", "RECORDS", "it does not have the root of the manifest", `The list was changed after the release was cut. ${AGAIN}`));
  }
  for (const path of Object.keys(data)) {
    if (!named.has(path)) wrong.push(fails("records", path, "this file is in no list of the release: it was added afterwards", AGAIN));
    else if ((await sha256(data[path])) !== named.get(path)) {
      wrong.push(fails("records", path, "this file is not as it was when the release was cut", AGAIN));
    }
  }
  if (named.has(GENESIS) && !(GENESIS in data)) wrong.push(fails("records", GENESIS, "this file was part of the release and is gone", AGAIN));
  const here = Object.keys(data).filter((path) => named.has(path)).length;
  const looks = orHolds("records", `${counted(here, "file is", "files are")} as RECORDS has them`, wrong);
  if (here < named.size) {
    looks.push(notChecked("records", `${counted(named.size - here, "file is", "files are")} not here, but in a clone of the repository`));
  }
  return looks;
}

function withoutFounding(manifest, data) {
  if (manifest.genesis !== null || GENESIS in data) {
    return [fails("founding", GENESIS, "the founding is gone, or can't be read", AGAIN)];
  }
  return [
    fails("signatures", "SHA256SUMS", "the coalition is forming, so nobody can sign for it", "These are drafts that nobody vouches for. Read them as such."),
    notChecked("founding", "the coalition is forming: it is not founded, and nobody can vouch for these texts"),
  ];
}

// --- the log and who coordinated ------------------------------------------------------------------

async function looksAtLog(register, rules, manifest, known, listedPaths) {
  const seals = await sealsOf(register, rules, true);
  const wrong = (await breaksOf(register, (path) => listedPaths.has(path))).map(([path, why]) => fails("log", path, why, REWRITTEN));
  wrong.push(...seals.faults.map(([path, why]) => fails("log", path, why, REWRITTEN)));
  const { entries } = register;
  if (seals.unsealed) {
    const word = seals.unsealed === 1 ? "the newest entry of the log is" : `the newest ${seals.unsealed} entries of the log are`;
    wrong.push(fails("log", pathOfEntry(entries.length), `${word} sealed by no coordinator`, "Nobody vouches for them."));
  }
  const last = entries[entries.length - 1];
  const said = manifest.newest_entry;
  if (said ? !last || last.seq !== said.seq || last.own !== said.digest : Boolean(last)) {
    wrong.push(fails("log", "manifest.yaml", "the manifest says that the log ended with another entry than it does", REWRITTEN));
  }
  wrong.push(...(await looksAtKnown(register, known)));
  const sealed = seals.newest ? `; the newest head, ${seals.newest.point.short}, is sealed by ${listed(seals.newest.sealedBy)}` : "";
  const seen = seals.newest && seals.newest.witnesses.length ? `; witnesses: ${listed(seals.newest.witnesses)}` : "";
  const looks = orHolds("log", `${counted(entries.length, "entry", "entries")}, each bound to the one before${sealed}${seen}`, wrong);
  if (!known.head && !known.entry) {
    looks.push(
      notChecked(
        "log",
        "the log was compared with nothing that you have from elsewhere",
        "A coordinator or a witness has a head of it; an older PDF or a mail of a call has an entry. Type either above.",
      ),
    );
  }
  return looks;
}

async function looksAtKnown(register, known) {
  const wrong = [];
  const { entries } = register;
  const later = "If your number is from a later day, look at a later release. Else the past was rewritten: tell the coordinators and the list.";
  if (known.entry) {
    const entry = entries.find((each) => each.seq === known.entry.seq);
    if (!entry) wrong.push(fails("log", "governance/log", `you have number ${known.entry.seq} from elsewhere, and this release ends with number ${entries.length}`, later));
    else if (entry.own !== known.entry.digest) {
      wrong.push(fails("log", entry.path, `number ${entry.seq} is not the one that you have from elsewhere`, REWRITTEN));
    }
  }
  if (known.head) {
    const { size, root } = known.head;
    const roots = await rootsOf(await Promise.all(entries.map(leafOf)), [size]);
    if (size > entries.length) wrong.push(fails("log", pathOfHead(size), `you have the head at number ${size} from elsewhere, and this release ends with number ${entries.length}`, later));
    else if (!sameBytes(roots.get(size), root)) {
      wrong.push(fails("log", pathOfHead(size), `the first ${size} entries are not those of the head that you have from elsewhere`, REWRITTEN));
    }
  }
  return wrong;
}

async function looksAtFounding(register, manifest, publication, known) {
  const { genesis, root } = register;
  const wrong = [];
  const bad = (message, help) => wrong.push(fails("founding", GENESIS, message, help));
  if (manifest.genesis !== root) bad(`the root fingerprint is ${root}, and the manifest says ${manifest.genesis}`, "This is another coalition, or another founding.");
  if (known.fingerprint && known.fingerprint !== root) {
    bad(`the root fingerprint is ${root}, and you have ${known.fingerprint} from elsewhere`, "This is another coalition, or it was founded again. Ask why before you use this.");
  }
  const days = [manifest.dated, ...(publication ? [publication.published.slice(0, 10)] : [])].sort();
  if (days[0] < genesis.founded.slice(0, 10)) bad(`the release says that it is of ${days[0]}, and the coalition was founded later`, AGAIN);
  const signed = await signersOfFounding(genesis, root);
  const missing = genesis.coordinators.map((first) => first.id).filter((id) => !signed.includes(id));
  for (const id of new Set(genesis.signatures.map((seal) => seal.by))) {
    if (!signed.includes(id)) bad(`the signature of ${id} ${FORGED}`, `Tell the coordinators which file it is. ${AGAIN}`);
  }
  if (missing.length) bad(`it is not signed by ${listed(missing)}`, "Ask them.");
  const looks = orHolds("founding", `signed by ${listed(signed)}; root fingerprint ${root}`, wrong);
  if (genesis.replaces) {
    looks.push(notChecked("founding", `the coalition was founded again, and nothing before it can be traced. The earlier fingerprint: ${genesis.replaces}`));
  }
  if (!known.fingerprint) {
    looks.push(
      notChecked("founding", "whether this is the coalition that you mean", "Compare the root fingerprint with one that you have from elsewhere, as an older PDF or a mail. Type it above."),
    );
  }
  return looks;
}

async function looksAtCoordinators(register, rules, manifest) {
  const wrong = [];
  const tell = `Tell the coordinators which file it is. ${AGAIN}`;
  for (const step of rules.steps) {
    if (step.fault) wrong.push(fails("coordinators", step.path, `this act does not count: ${step.fault}`, tell));
    const own = step.act.key ? step.act.key.member : null;
    for (const by of new Set(step.act.signatures.map((seal) => seal.by))) {
      if (!step.signed.includes(by) && by !== own) wrong.push(fails("coordinators", step.path, `the signature of ${by} ${FORGED}`, tell));
    }
  }
  const { body } = rules;
  wrong.push(...(await ownRuleFaults(register, rules)).map(([path, why]) => fails("coordinators", path, why, tell)));
  if (!sameMembers(manifest.coordinators, body.ids) || manifest.threshold !== body.threshold) {
    wrong.push(fails("coordinators", "manifest.yaml", "the manifest names other coordinators than the founding and the acts since", AGAIN));
  }
  const acts = rules.steps.length ? `; acts since the founding, each by the threshold before it: ${rules.steps.length}` : "";
  return orHolds("coordinators", `${listed(body.ids)}; ${body.threshold} of them sign${acts}`, wrong);
}

const sameMembers = (one, other) => [...new Set(one)].sort().join() === [...new Set(other)].sort().join();

async function ownRuleFaults(register, rules) {
  const charter = register.records.get(CHARTER);
  if (charter) {
    const named = charter.record.coordinators;
    if (!sameMembers(named.ids, rules.body.ids) || named.threshold !== rules.body.threshold) {
      return [[CHARTER, "the charter names other coordinators than the founding and the acts since: they were changed by no act of the coalition"]];
    }
  }
  const found = [];
  for (const [path, { kind, record }] of register.records) {
    if (kind !== "charter" && kind !== "policy") continue;
    if ((rules.digests.get(path) ?? null) !== (await digestFor(kind, record, kind))) {
      found.push([path, `this ${kind} has other words than those that the founding and the acts since lead to`]);
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
    let why = `this is no signature of ${id} over this SHA256SUMS`;
    if (!body.ids.includes(id)) why = `${id} was no coordinator then, and this signature counts for nothing`;
    else if (own && suspect(id)) why = `the key of ${id} may be in other hands`;
    else if (own) why = `${id} signed with a key that did not count then, or counts no more`;
    wrong.push(fails("signatures", path, why, "Take no signature for granted. Ask the coordinator in person, and tell the others."));
  }
  const needed = Math.max(body.threshold, manifest.threshold);
  if (signed.by.length < needed) {
    wrong.push(fails("signatures", "signatures", `it takes the signatures of ${needed} coordinators, and ${signed.by.length} ${signed.by.length === 1 ? "holds" : "hold"}`, "This release is not vouched for."));
  }
  signed.looks = orHolds("signatures", `signed by ${listed(signed.by)}; it takes ${needed}`, wrong);
  if (signed.notRebuilt.length) signed.looks.push(notChecked("signatures", `${listed(signed.notRebuilt)} signed without building the release again`));
  return signed;
}

async function looksAtPublication(files, register, rules, name, manifest, said, signed, known) {
  const place = "published.yaml";
  const help = "Somebody changed what it says about the publication. Get the release again.";
  if (!said) {
    if (files[place]) return [fails("publication", place, "it can't be read", help)];
    return [notChecked("publication", "when it was published: what says so is not here")];
  }
  const wrong = [];
  const bad = (message) => wrong.push(fails("publication", place, message, help));
  const text = textOf(files[place], place);
  const at = text.search(/^signature:/m);
  const part = utf8Of(at < 0 ? text : text.slice(0, at));
  const proved = said.signature !== null && (await isSignedBy(part, armour(said.signature), signed.keysFor(said.by), "publication@govkit"));
  const rest = at < 0 ? "" : text.slice(at);
  if (!signed.body.ids.includes(said.by)) bad(`${said.by} was no coordinator then, and only coordinators publish`);
  else if (said.signature === null) bad("nobody has signed it");
  else if (!proved || rest !== `signature: >-\n  ${said.signature.replace(/\s+/g, "")}\n`) {
    bad(`this is not what ${said.by} signed with a key that counts: the day, the publisher or another word of it was changed`);
  }
  const digestOfFile = async (file) => (file ? digestOf(file) : "");
  if (said.release !== name) bad(`it is that of another release, ${said.release}`);
  if (said.sums !== (await digestOfFile(files.SHA256SUMS))) bad("it names another SHA256SUMS");
  for (const [id, digest] of Object.entries(said.signatures)) {
    if (!signed.by.includes(id)) bad(`it says that ${id} signed, and no such signature holds`);
    if (files[`signatures/${id}.sig`] && digest !== (await digestOfFile(files[`signatures/${id}.sig`]))) {
      bad(`it was published with another signature of ${id} than the one that is here`);
    }
  }
  const counting = Object.keys(said.signatures).filter((id) => signed.by.includes(id));
  const kept = (ids) => counting.filter((id) => ids.includes(id));
  if (!sameMembers(kept(said.not_rebuilt), kept(signed.notRebuilt))) bad("it says otherwise than the signatures who built the release again");
  const published = momentOf(said.published);
  const newest = Math.max(...register.entries.map((entry) => momentOf(entry.recorded_at)));
  if (published > known.now + 5 * 60 * 1000) bad("it says that it was published on a day that is still to come");
  if (published < newest) bad("it says that it was published before what was released was recorded");
  const head = checkpointOf(said.head);
  if (!head) bad("the head of the log in it is not written as a head is");
  else if (head.origin !== manifest.genesis) bad("it names a head of another coalition");
  else if (manifest.newest_entry && head.size < manifest.newest_entry.seq) bad("it names a head over fewer entries than the release was made with");
  const looks = orHolds("publication", `signed by ${said.by}, at ${said.published.slice(0, 16).replace("T", " ")} UTC`, wrong);
  looks.push(notChecked("publication", "whether the log has this publication, once and first: that entry is newer than the records that travel with the release", "In a clone: govkit -C CLONE release verify FOLDER"));
  return looks;
}
