// The register as files: the log entry by entry, each record against its entry, the heads with
// their seals and witnesses (govkit/log/chain.py, heads.py).

async function registerOf(files) {
  const register = { files, records: new Map(), unread: new Map(), entries: [], heads: [], valid: new Map() };
  for (const path of Object.keys(files).sort()) {
    const kind = kindAt(path);
    if (!kind) continue;
    try {
      register.records.set(path, { kind, record: readAs(kind, files[path], path) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      register.unread.set(path, error.message);
    }
  }
  for (const [path, { kind, record }] of register.records) {
    if (kind === "log-entry" && path === pathOfEntry(record.seq)) register.entries.push({ path, ...record, whole: record });
    if (kind === "log-head") register.heads.push({ path, record });
  }
  register.entries.sort((one, other) => one.seq - other.seq);
  for (const entry of register.entries) entry.own = await digestFor("log-entry", entry.whole, "log-entry");
  register.valid = validEntries(register.entries);
  const genesis = register.records.get(GENESIS);
  register.genesis = genesis ? genesis.record : null;
  register.root = register.genesis && (await digestFor("genesis", register.genesis, "genesis"));
  register.acts = (begin) => actsOf(register, begin);
  return register;
}

const pathOfEntry = (seq) => `governance/log/${String(seq).padStart(6, "0")}.yaml`;
const pathOfHead = (size) => `governance/log/heads/${String(size).padStart(6, "0")}.yaml`;

// The entry that speaks of each record: the first of what is logged once, else the newest.
function validEntries(entries) {
  const once = new Set(Object.values(SHAPES.kinds).filter((kind) => kind.logged === "once").map((kind) => kind.entry));
  const valid = new Map();
  const opened = new Map();
  for (const entry of entries) {
    if (!entry.path || entry.kind === "countersigned") continue;
    const key = `${entry.path} ${entry.kind}`;
    const known = valid.get(key);
    const proposal = entry.path.split("/").slice(0, 3).join("/");
    const anew = entry.kind === "decision" && known && known.seq < (opened.get(proposal) || 0);
    if (known && once.has(entry.kind) && !anew) continue;
    valid.set(key, entry);
    if (entry.kind === "revision") opened.set(proposal, entry.seq);
  }
  return valid;
}

// The acts since the founding in the order of the log, those that it does not know last.
function actsOf(register, begin) {
  const found = [...register.records]
    .filter(([, { kind }]) => kind === "coalition-act")
    .map(([path, { record }]) => [path, record, register.valid.get(`${path} act`)])
    .filter(([, , entry]) => !entry || entry.seq > begin);
  const order = (entry) => (entry ? entry.seq : 1e15);
  return found.sort((one, other) => order(one[2]) - order(other[2]) || (one[0] < other[0] ? -1 : 1));
}

// Every place where the chain does not hold, as [path, sentence]. `absent` says of a path whether
// it need not be here.
async function breaksOf(register, absent) {
  const found = [];
  for (const [path, why] of register.unread) {
    if (/^governance\/log\/[0-9]+\.yaml$/.test(path)) found.push([path, say("this-entry-of-the-log-cant", { why })]);
  }
  for (const [path, { kind, record }] of register.records) {
    if (kind === "log-entry" && path !== pathOfEntry(record.seq)) found.push([path, say("it-says-that-it-is-number", { number: record.seq })]);
  }
  let before = null;
  for (const entry of register.entries) {
    const expected = before ? before.seq + 1 : 1;
    if (entry.seq !== expected) found.push([entry.path, say("before-this-entry-number-is-missing", { expected })]);
    if (entry.prev !== (before ? before.own : null)) {
      found.push([entry.path, say("this-entry-is-not-bound-to")]);
    }
    if (before && momentOf(entry.recorded_at) < momentOf(before.recorded_at)) {
      found.push([entry.path, say("this-entry-was-made-before-the")]);
    }
    before = entry;
  }
  for (const entry of register.valid.values()) {
    const known = register.records.get(entry.path);
    if (!known && register.unread.has(entry.path)) {
      found.push([entry.path, say("number-of-the-log-is-about", { number: entry.seq, why: register.unread.get(entry.path) })]);
    } else if (!known && entry.kind !== "publication" && !absent(entry.path)) {
      found.push([entry.path, say("it-was-logged-as-number-and", { number: entry.seq })]);
    } else if (known && entry.kind === "erasure") {
      continue; // the command alone knows what was taken out
    } else if (known && (await digestFor(known.kind, known.record, entry.kind)) !== entry.digest) {
      found.push([entry.path, say("this-record-is-not-as-number", { number: entry.seq, kind: entry.kind })]);
    }
  }
  return found;
}

const leafOf = (entry) => leafHash(bytesOfHex(entry.own.replace("sha256:", "")));

// What the heads show: the newest sealed one, and what speaks against any, as [path, sentence].
async function sealsOf(register, rules, isWhole) {
  const seals = { heads: [], faults: [], newest: null };
  const earlier = register.entries.filter((each) => each.path === GENESIS).map((each) => each.digest);
  const origins = new Set([register.root, ...earlier]);
  const points = register.heads.map((head) => checkpointOf(head.record.checkpoint));
  const sizes = points.filter(Boolean).map((point) => point.size);
  const leaves = isWhole ? await Promise.all(register.entries.map(leafOf)) : [];
  const roots = isWhole ? await rootsOf(leaves, sizes) : new Map();
  for (const [at, { path, record }] of register.heads.entries()) {
    const point = points[at];
    const wrong = misfit(path, point, origins, isWhole, leaves.length, roots);
    if (wrong) {
      seals.faults.push([path, wrong]);
      continue;
    }
    const head = { path, point, sealedBy: [], witnesses: [] };
    seals.heads.push(head);
    if (point.origin !== register.root) continue;
    await addSeals(register, rules, record, head, seals.faults);
    await addWitnesses(register, rules, record, head, seals.faults);
  }
  seals.heads.sort((one, other) => one.point.size - other.point.size);
  seals.newest = seals.heads.filter((head) => head.sealedBy.length).pop() || null;
  const canSeal = soundKeys(rules.keys.all.map((key) => [key.member, key.public])).size > 0;
  const begin = seals.newest ? seals.newest.point.size : 0;
  seals.unsealed = canSeal ? Math.max(0, register.entries.length - begin) : 0;
  return seals;
}

function misfit(path, point, origins, isWhole, entries, roots) {
  if (!point) return say("the-three-lines-of-this-head");
  if (path !== pathOfHead(point.size)) return say("this-is-the-head-over-entries", { count: point.size, path: pathOfHead(point.size) });
  if (!origins.has(point.origin)) return say("this-is-a-head-of-another");
  if (!isWhole) return "";
  if (point.size > entries) return say("this-head-was-over-entries-and", { count: point.size, here: entries });
  if (!sameBytes(roots.get(point.size), point.root)) {
    return say("the-first-entries-here-are-not", { count: point.size });
  }
  return "";
}

const FORGED = say("does-not-hold-it-is-forged");

async function addSeals(register, rules, record, head, faults) {
  const last = register.entries.find((entry) => entry.seq === head.point.size);
  const may = new Set([...bodyAt(rules, head.point.size).ids, ...bodyAt(rules, head.point.size + 1).ids]);
  for (const seal of record.seals) {
    const keyUnder = (keys) => last && keys.holding(seal.by, momentOf(last.recorded_at)).get(seal.key);
    const data = utf8Of(record.checkpoint);
    const holds = async (keys) => {
      const key = keyUnder(keys);
      return Boolean(key) && isSignedBy(data, armour(seal.signature), [key], "head@govkit");
    };
    if (!may.has(seal.by)) faults.push([head.path, say("sealed-this-head-and-was-no", { id: seal.by })]);
    else if (await holds(rules.keys)) head.sealedBy.push(seal.by);
    else if (!(rules.doubted && (await holds(withoutCompromises(rules.doubted.keys))))) {
      faults.push([head.path, say("the-seal-of", { id: seal.by, forged: FORGED })]);
    }
  }
}

const withoutCompromises = (keys) =>
  new MemberKeys(keys.all.map((key) => (key.compromised === null ? key : { ...key, compromised: null, ends: null })));

async function addWitnesses(register, rules, record, head, faults) {
  for (const each of record.witnesses) {
    const who = each.by || each.name || "";
    const seen = momentOf(each.seen_at);
    const data = utf8Of(`cosignature/v1\ntime ${seen / 1000}\n${record.checkpoint}`);
    const keysUnder = (keys) => (each.by ? [...keys.holding(each.by, seen).values()] : [each.public || ""]);
    const owner = !each.by && rules.keys.all.find((key) => key.public === bareKey(each.public || ""));
    const holds = (keys) => isSignedBy(data, armour(each.signature), keysUnder(keys), "witness@govkit");
    if (owner) faults.push([head.path, say("the-witness-signs-with-a-key", { who, member: owner.member })]);
    else if (await holds(rules.keys)) head.witnesses.push(each.by ? who : `${who} (${each.public})`);
    else if (!(rules.doubted && (await holds(withoutCompromises(rules.doubted.keys))))) {
      faults.push([head.path, say("the-signature-of-the-witness", { who, forged: FORGED })]);
    }
  }
}
