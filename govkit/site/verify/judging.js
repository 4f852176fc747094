// From what somebody dropped to a verdict: what it is, what was looked at, and what came out.
// A verdict is { state: holds | fails | unknown, what, looks, refusal }. Unknown means that nobody
// can tell from these files alone; then it says what else to drop.

const SUBJECTS = ["pdf", "folder", "sums", "manifest", "receipt", "records", "texts", "decisions", "log", "founding", "coordinators", "signatures", "publication", "history", "books"];

// `dropped` is a list of { name, size, bytes: async () => Uint8Array }, names with their folders.
async function judge(dropped, known) {
  try {
    const found = await judged(await unfolded(dropped), known);
    found.looks.sort((one, other) => SUBJECTS.indexOf(one.subject) - SUBJECTS.indexOf(other.subject));
    const failed = found.looks.some((look) => look.state === "fails");
    return { ...found, state: failed ? "fails" : found.isEnough === false ? "unknown" : "holds" };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { state: "unknown", kind: "nothing", name: "", looks: [], refusal: { message: error.message, help: error.help } };
  }
}

// The files by name; an archive is unpacked, and the folder that holds all of them is left out.
async function unfolded(dropped) {
  if (!dropped.length) throw new Refusal(say("there-is-no-file-in-it"), say("choose-a-pdf-a-folder-a"));
  if (dropped.length > MOST_FILES) throw new Refusal(say("these-are-too-many-files-to"));
  let files = Object.create(null);
  for (const each of dropped) files[each.name] = each.size > LARGEST ? TOO_LARGE : await each.bytes();
  const names = Object.keys(files);
  if (names.length === 1 && files[names[0]] && signsOf(files[names[0]].subarray(0, 4)) === "PK\x03\x04") {
    files = await filesInZip(files[names[0]], names[0]);
  }
  const manifest = Object.keys(files).filter((name) => /(?:^|\/)manifest\.yaml$/.test(name)).sort((one, other) => one.length - other.length)[0];
  const lead = manifest ? manifest.slice(0, -"manifest.yaml".length) : "";
  const within = Object.create(null);
  for (const name of Object.keys(files)) if (name.startsWith(lead)) within[name.slice(lead.length)] = files[name];
  return within;
}

async function judged(files, known) {
  const names = Object.keys(files);
  if (files["manifest.yaml"] && files.SHA256SUMS) {
    // A PDF with its lists, and not the whole folder: what is here can be held against them.
    if (!(EVIDENCE in files) && names.some(isPdf) && !names.some((name) => name.startsWith("signatures/"))) return judgePdf(files);
    return judgeRelease(files, known);
  }
  if (names.length === 1 && files[names[0]] && signsOf(files[names[0]].subarray(0, 14)) === "govkit receipt") {
    return judgeReceipt(files[names[0]], known);
  }
  if (names.some(isPdf)) return judgePdf(files);
  if (files["manifest.yaml"]) return judgeManifest(files["manifest.yaml"]);
  if (names.length === 1 && files[names[0]] === TOO_LARGE) throw new Refusal(say("this-file-is-too-large-to"));
  if (names.length === 1 && /\.txt$/.test(names[0])) return judgeReceipt(files[names[0]], known);
  throw new Refusal(
    say("this-is-no-pdf-of-a"),
    say("a-folder-of-a-release-holds"),
  );
}

const isPdf = (name) => /\.pdf$/i.test(name);

function judgeManifest(bytes) {
  const manifest = readManifest(bytes);
  const name = nameOf(manifest);
  return {
    kind: "manifest",
    name,
    manifest,
    isEnough: false,
    looks: [notChecked("manifest", say("it-says-that-it-is-of", { name }), say("drop-the-whole-folder-of-the"))],
  };
}

async function judgePdf(files) {
  const pdfs = Object.keys(files).filter(isPdf);
  if (pdfs.length > 1) throw new Refusal(say("these-are-several-pdfs"), say("drop-one-of-them-or-the"));
  const [file] = pdfs;
  if (files[file] === TOO_LARGE) throw new Refusal(say("this-pdf-is-too-large-to"));
  const attached = await attachedTo(files[file], "manifest.yaml");
  if (!attached.length) {
    throw new Refusal(say("it-has-no-manifest-attached-to"), say("only-the-pdfs-of-a-release"));
  }
  if (attached.length > 1) throw new Refusal(say("it-has-manifests-attached-and-a", { count: attached.length }), say("do-not-use-this-copy"));
  const manifest = readManifest(attached[0]);
  const name = nameOf(manifest);
  const digest = await sha256(files[file]);
  const looks = [];
  if (files.SHA256SUMS) {
    const list = readList(files.SHA256SUMS, "SHA256SUMS", isFileName);
    const named = [...list].filter(([, each]) => each === digest).map(([each]) => each);
    if (named.length) looks.push(holds("pdf", say("it-is-of-byte-for-byte", { file: named[0], name })));
    else looks.push(fails("pdf", file, say("its-bytes-are-those-of-no", { name }), say("somebody-changed-it-or-a-program", { again: AGAIN })));
    if (list.get("manifest.yaml") !== (await sha256(attached[0]))) {
      looks.push(fails("pdf", file, say("the-manifest-that-is-attached-to"), AGAIN));
    }
  } else {
    looks.push(notChecked("pdf", say("it-says-that-it-belongs-to", { name }), say("drop-sha256sums-of-beside-it-or", { name, digest })));
  }
  looks.push(notChecked("signatures", say("who-signed-that-list-the-signatures"), say("drop-the-whole-folder-of-the-release")));
  return { kind: "pdf", name, manifest, isEnough: false, looks };
}

// What somebody typed to compare with; null for words that are none. Empty words are nothing.
function knownFrom(fingerprint, point) {
  const known = { fingerprint: null, head: null, entry: null };
  const typed = fingerprint.trim();
  if (typed && !/^(?:sha256:)?[0-9a-f]{64}$/.test(typed)) return null;
  if (typed) known.fingerprint = typed.startsWith("sha256:") ? typed : `sha256:${typed}`;
  const words = point.trim();
  const entry = /^([1-9][0-9]{0,8}):(?:sha256:)?([0-9a-f]{64})$/.exec(words);
  const head = /^([1-9][0-9]{0,8}):([A-Za-z0-9+/]{43}=)$/.exec(words);
  if (entry) known.entry = { seq: Number(entry[1]), digest: `sha256:${entry[2]}` };
  else if (head && bytesOfBase64(head[2])) known.head = { size: Number(head[1]), root: bytesOfBase64(head[2]) };
  else if (words) return null;
  return known;
}
