// Who coordinated when, and with which keys: from the founding, act by act, as the command follows
// them (govkit/log/amendments.py, coordination.py). What only the command can follow, says so.

const GENESIS = "governance/genesis.yaml";
const CHARTER = "governance/charter.yaml";

const setIn = (words) => plainText(words).split("\n").map((line) => `  ${line}`.trimEnd());

const bodyLine = (named) =>
  `Decides about objections that are passed on: ${named.body}, by ${named.threshold} of its members`;

function foundingStatement(genesis, root) {
  const lines = [
    "govkit founding statement 1",
    "",
    `We found the coalition ${genesis.coalition}.`,
    `Founded: ${genesis.founded}`,
    `Root fingerprint: ${root}`,
    `First charter: ${genesis.charter}`,
    `Coordinators that an act takes: ${genesis.threshold}`,
  ];
  if (genesis.escalate_to) lines.push(bodyLine(genesis.escalate_to));
  lines.push("", "First coordinators, with their keys:");
  for (const first of genesis.coordinators) {
    lines.push(`  ${first.id}`, ...first.keys.map((key) => `    ${key.id} ${key.public}`));
  }
  if (genesis.replaces) lines.push("", `This replaces an earlier founding: ${genesis.replaces}`);
  if (genesis.reason !== null) lines.push("Because:", ...setIn(genesis.reason));
  return utf8Of(`${lines.join("\n")}\n`);
}

const ACT_SENTENCES = {
  charter: "We change the charter.",
  policy: "We change a policy.",
  coordinators: "We change who coordinates.",
  "end-member": "We end a membership.",
  key: "We change a key.",
};
const KEY_SENTENCES = { begins: "begins", ends: "ends", compromised: "may be in other hands" };

async function actStatement(act, path, root) {
  const lines = [
    "govkit act statement 1",
    "",
    ACT_SENTENCES[act.kind],
    `Root fingerprint: ${root}`,
    `Act: ${path}`,
    `Digest: ${await digestFor("coalition-act", act, "act")}`,
    `Record: ${act.path}`,
    `  before ${act.before || "nothing: it was not there"}`,
    `  after  ${act.after || "nothing: it is gone"}`,
  ];
  if (act.coordinators) {
    lines.push(
      `Coordinators from now on: ${listed(act.coordinators.ids)}`,
      `Coordinators that an act takes from now on: ${act.coordinators.threshold}`,
    );
  }
  if (act.escalate_to) lines.push(bodyLine(act.escalate_to));
  if (act.asked) lines.push("The member has asked for it.");
  if (act.key) {
    const { key } = act;
    lines.push(
      `Key of: ${key.member}`,
      `Key: ${key.id} ${key.public}`,
      `It ${KEY_SENTENCES[key.change]}: ${key.since}`,
    );
    if (key.source) lines.push(`It came by mail from the address on record. Digest of the mail: ${key.source}`);
    if (key.account) {
      const event = key.account;
      lines.push(`It came from the account on record: ${event.account} at ${event.host}`);
      lines.push(`  ${event.event}, ${event.arrived}`);
    }
  }
  lines.push(`Agreed by: ${listed(act.by)}`, "Because:", ...setIn(act.reason));
  return utf8Of(`${lines.join("\n")}\n`);
}

// --- keys -----------------------------------------------------------------------------------------

const momentOf = (text) => Date.parse(text);
const endOfDay = (day) => Date.parse(`${day}T12:00:00Z`) + 24 * 3600 * 1000;

const bareKey = (text) => text.trim().split(/\s+/).slice(0, 2).join(" ");

// Keys that a signature is taken from: of a kind that is safe, and one person's. As public -> id.
function soundKeys(pairs) {
  const owners = new Map();
  for (const [id, key] of pairs) {
    const known = publicKey(key);
    if (known) owners.set(known.text, (owners.get(known.text) || new Set()).add(id));
  }
  const sound = [...owners].filter(([, ids]) => ids.size === 1);
  return new Map(sound.map(([key, ids]) => [key, [...ids][0]]));
}

class MemberKeys {
  constructor(all) {
    this.all = all;
  }

  of(member) {
    return this.all.filter((key) => key.member === member);
  }

  // The public keys that a member could sign with, by their names.
  holding(member, instant, seq = null) {
    this.sound ??= soundKeys(this.all.map((key) => [key.member, key.public]));
    const { sound } = this;
    const held = this.of(member).filter(
      (key) =>
        sound.has(key.public) &&
        instant >= key.begins &&
        (seq === null || seq > key.seq) &&
        (key.ends === null || instant < key.ends) &&
        (key.compromised === null || instant < key.compromised),
    );
    return new Map(held.map((key) => [key.id, key.public]));
  }

  async signedBy(seals, data, purpose, entry) {
    const found = new Set();
    for (const seal of seals) {
      const key = this.holding(seal.by, momentOf(entry.recorded_at), entry.seq).get(seal.key);
      if (key !== undefined && (await isSignedBy(data, armour(seal.signature), [key], purpose))) found.add(seal.by);
    }
    return [...found];
  }

  changed(change, entry, known) {
    const isIt = (key) => key.member === change.member && key.id === change.id;
    const recorded = momentOf(entry.recorded_at);
    if (change.change === "begins") {
      const begins = Math.max(momentOf(change.since), recorded);
      const compromised = known.get(`${change.member} ${change.id}`) ?? null;
      const key = { member: change.member, id: change.id, public: change.public, seq: entry.seq, begins };
      return new MemberKeys([...this.all, { ...key, ends: null, compromised }]);
    }
    return new MemberKeys(
      this.all.map((key) => {
        if (!isIt(key)) return key;
        if (change.change === "compromised") {
          const since = momentOf(change.since);
          const compromised = key.compromised === null ? since : Math.min(key.compromised, since);
          return { ...key, compromised, ends: key.ends ?? recorded };
        }
        const ends = Math.max(endOfDay(change.since.slice(0, 10)), recorded);
        return key.ends === null || ends < key.ends ? { ...key, ends } : key;
      }),
    );
  }
}

// --- the founding and the acts --------------------------------------------------------------------

async function signersOfFounding(genesis, root) {
  const every = genesis.coordinators.flatMap((first) => first.keys.map((key) => [first.id, key.id, key.public]));
  const sound = soundKeys(every.map(([id, , key]) => [id, key]));
  const statement = foundingStatement(genesis, root);
  const found = new Set();
  for (const seal of genesis.signatures) {
    const own = every.find(([id, name, key]) => id === seal.by && name === seal.key && sound.has(bareKey(key)));
    if (own && (await isSignedBy(statement, armour(seal.signature), [own[2]], "genesis@govkit"))) found.add(seal.by);
  }
  return genesis.coordinators.map((first) => first.id).filter((id) => found.has(id));
}

// The own rules through time: `steps` in the order of the log, and the keys in the end.
async function ownRules(register) {
  const found = await readRules(register, new Map());
  const known = new Map(
    found.keys.all.filter((key) => key.compromised !== null).map((key) => [`${key.member} ${key.id}`, key.compromised]),
  );
  return known.size ? { ...(await readRules(register, known)), doubted: found } : found;
}

async function readRules(register, known) {
  const { genesis, root } = register;
  const founding = register.valid.get(`${GENESIS} genesis`);
  const digests = new Map([[CHARTER, genesis.charter]]);
  for (const each of genesis.policies) digests.set(`governance/policies/${each.id}.yaml`, each.digest);
  const founded = { ids: genesis.coordinators.map((first) => first.id), threshold: genesis.threshold };
  const reading = {
    register,
    root,
    known,
    agreed: new Map(digests),
    digests,
    keys: new MemberKeys(
      genesis.coordinators.flatMap((first) =>
        first.keys.map((key) => ({
          member: first.id,
          id: key.id,
          public: bareKey(key.public),
          seq: founding ? founding.seq : 0,
          begins: momentOf(genesis.founded),
          ends: null,
          compromised: known.get(`${first.id} ${key.id}`) ?? null,
        })),
      ),
    ),
  };
  const steps = [];
  let body = { ...founded, at: momentOf(genesis.founded) };
  for (const [path, act] of register.acts(founding ? founding.seq : 0)) {
    const entry = register.valid.get(`${path} act`) || null;
    const { fault, signed } = await stepOf(reading, path, act, entry, body);
    if (reading.digests.get(act.path) === act.before && isOwnRule(act.path)) {
      reading.digests = new Map(reading.digests).set(act.path, act.after);
    }
    let after = body;
    if (!fault && act.path === CHARTER && act.coordinators) {
      after = { ids: act.coordinators.ids, threshold: act.coordinators.threshold, at: momentOf(entry.recorded_at) };
    }
    if (!fault) {
      if (isOwnRule(act.path)) reading.agreed.set(act.path, act.after);
      if (act.key && entry) reading.keys = reading.keys.changed(act.key, entry, known);
    }
    steps.push({ path, act, entry, fault, signed, before: body, after });
    body = after;
  }
  return { founded, steps, keys: reading.keys, digests: reading.digests, body };
}

const isOwnRule = (path) => path === CHARTER || /^governance\/policies\/[^/]+\.yaml$/.test(path);

async function stepOf(reading, path, act, entry, body) {
  const fault = await faultOf(reading, act, entry, body);
  if (!entry) return { fault, signed: [] };
  let { keys } = reading;
  const change = act.key;
  if (change && change.change === "compromised") {
    // Its owner may say so with the key itself: whoever else says it does no harm.
    const isIt = (key) => key.member === change.member && key.id === change.id;
    keys = new MemberKeys(keys.all.map((key) => (isIt(key) ? { ...key, compromised: null } : key)));
  }
  const statement = await actStatement(act, path, reading.root);
  const signed = await keys.signedBy(act.signatures, statement, "act@govkit", entry);
  return { fault: fault || (await lackingOf(act, statement, signed, body)), signed };
}

async function lackingOf(act, statement, signed, body) {
  const change = act.key;
  if (change && change.change === "begins") {
    const own = act.signatures.filter((seal) => seal.by === change.member && seal.key === change.id);
    let proved = false;
    for (const seal of own) proved ||= await isSignedBy(statement, armour(seal.signature), [change.public], "act@govkit");
    if (!proved) return say("the-new-key-of-has-not", { id: change.id, member: change.member });
  }
  const unsigned = act.by.filter((id) => !signed.includes(id));
  if (unsigned.length) return say("it-names-who-did-not-sign", { names: listed(unsigned) });
  const coordinators = body.ids.filter((id) => signed.includes(id));
  const two = Math.min(2, body.ids.length);
  const about = change ? change.member : act.kind === "end-member" ? slugOf(act.path) : null;
  let needed = body.threshold;
  if (act.asked) needed = two;
  else if (change) {
    const own = !body.ids.includes(change.member);
    if (own && change.account) {
      throw new Unable(
        say("a-key-came-from-an-account"),
        say("take-the-command-govkit-release-verify"),
      );
    }
    needed = own && change.source ? two : Math.max(body.threshold, two);
  }
  if (coordinators.length >= needed || (act.asked && signed.includes(about))) return "";
  if (change && signed.includes(change.member) && (!body.ids.includes(change.member) || coordinators.length > 1)) {
    return "";
  }
  return say("it-takes-the-signatures-of-of", { count: needed, names: listed(body.ids), given: coordinators.length });
}

const slugOf = (path) => path.replace(/^.*\//, "").replace(/\.yaml$/, "");

async function faultOf(reading, act, entry, body) {
  if (!entry) return say("the-log-has-no-entry-for");
  if (entry.digest !== (await digestFor("coalition-act", act, "act"))) return say("it-was-changed-after-it-was");
  const strangers = act.by.filter((id) => !body.ids.includes(id));
  if (strangers.length && !(act.key && strangers.length === 1 && strangers[0] === act.key.member)) {
    return say("it-names-who-did-not-coordinate", { names: listed(strangers) });
  }
  if ((act.kind === "key") !== (act.key !== null)) return say("it-does-not-say-which-key");
  if (act.key) return faultOfKey(reading.keys, act, act.key);
  if (act.kind === "end-member") return "";
  const isPolicy = isOwnRule(act.path) && act.path !== CHARTER;
  if (act.kind === "policy" ? !isPolicy : act.path !== CHARTER) return say("it-cant-be-about", { path: act.path });
  const begins = reading.agreed.get(act.path) ?? null;
  return begins === act.before ? "" : say("it-does-not-begin-with-the", { path: act.path });
}

function faultOfKey(keys, act, change) {
  if (act.path !== `governance/members/${change.member}.yaml`) return say("it-names", { path: act.path });
  const known = keys.of(change.member).find((key) => key.id === change.id);
  if (change.change === "begins") {
    if (known) return say("has-had-a-key-before", { member: change.member, id: change.id });
    const other = keys.all.find((key) => key.public === change.public);
    return other ? say("this-is-a-key-of-already", { member: other.member }) : "";
  }
  return known && known.public === change.public ? "" : say("has-no-such-key", { member: change.member, id: change.id });
}

// Who coordinated when an entry with this number was made.
function bodyAt(rules, seq) {
  const before = rules.steps.filter((step) => step.entry && step.entry.seq < seq);
  return before.length ? before[before.length - 1].after : rules.founded;
}
