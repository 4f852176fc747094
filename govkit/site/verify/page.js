// The page: files chosen or dropped go to `judge`, and what comes out is written as plain text.

const TITLES = {
  pdf: "the PDF", folder: "the folder", sums: "the list of files", manifest: "the manifest",
  receipt: "the receipt", records: "the records", texts: "the texts", decisions: "the decisions",
  log: "the log", founding: "the founding", coordinators: "the coordinators",
  signatures: "the signatures", publication: "the publication", history: "the history", books: "the books",
};
const HEADINGS = [["fails", "Failed"], ["holds", "Holds"], ["not-checked", "Not checked here"]];
const VERDICTS = {
  holds: "Nothing failed.",
  fails: "Something failed. Do not use this copy.",
  unknown: "Nobody can tell from this alone.",
};

function element(name, words, ...children) {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  made.append(...children);
  return made;
}

function shown(verdict) {
  const title = { release: "Release", receipt: "Receipt", pdf: "A PDF of", manifest: "A manifest of", nothing: "" }[verdict.kind];
  const head = element("h2", `${VERDICTS[verdict.state]}`);
  head.id = "verdict";
  head.tabIndex = -1;
  const parts = [head];
  if (verdict.name) parts.push(element("p", `${title} ${verdict.name}`));
  if (verdict.refusal) parts.push(element("p", `It could not be looked at: ${verdict.refusal.message}.`), element("p", verdict.refusal.help));
  for (const [state, heading] of HEADINGS) {
    const looks = verdict.looks.filter((look) => look.state === state);
    if (!looks.length) continue;
    const list = element("dl");
    for (const look of looks) {
      const said = element("dd", "", element("p", look.message));
      if (look.place) said.prepend(element("p", look.place));
      if (look.help) said.append(element("p", look.help));
      list.append(element("dt", TITLES[look.subject]), said);
    }
    const section = element("section", "", element("h3", `${heading} (${looks.length})`), list);
    section.className = state;
    parts.push(section);
  }
  return parts;
}

const asFiles = (list) =>
  Array.from(list, (file) => ({
    name: file.webkitRelativePath || file.name,
    size: file.size,
    bytes: async () => new Uint8Array(await file.arrayBuffer()),
  }));

// The files of what was dropped, folders with all that is in them.
async function filesOf(transfer) {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return asFiles(transfer.files);
  const found = [];
  const waiting = [...entries];
  while (waiting.length && found.length <= MOST_FILES) {
    const entry = waiting.shift();
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      found.push({ ...asFiles([file])[0], name: entry.fullPath.replace(/^\//, "") });
    } else {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (!some.length) break;
        waiting.push(...some);
      }
    }
  }
  return found;
}

function field(id, words, hint, given) {
  const label = element("label", words);
  label.htmlFor = id;
  const input = Object.assign(document.createElement("input"), { id, ...given });
  const parts = [label, input];
  if (hint) {
    const line = element("p", hint);
    line.id = `${id}-hint`;
    input.setAttribute("aria-describedby", line.id);
    parts.push(line);
  }
  return element("div", "", ...parts);
}

function begin() {
  const place = document.getElementById("verify-here");
  if (!place) return;
  const area = element("div", "", element("p", "Drop a file or a folder here, or choose it:"));
  area.className = "drop";
  area.append(
    field("file", "Files: a PDF, a zip, a receipt", "", { type: "file", multiple: true }),
    field("folder", "A whole folder of a release", "", { type: "file", webkitdirectory: true }),
  );
  const own = { type: "text", autocomplete: "off", spellcheck: false };
  const form = element("form", "", area);
  form.append(
    field("fingerprint", "Root fingerprint that you have from elsewhere", "As sha256: and 64 of 0-9 a-f, from an older PDF or a mail. It may be left out.", own),
    field("point", "A head or an entry of the log that you have from elsewhere", "As 212:2b8CoN…= or 212:sha256:0f3a… It may be left out.", own),
  );
  const result = element("div");
  result.id = "result";
  result.setAttribute("aria-live", "polite");
  place.append(form, result);
  const [fingerprint, point] = ["fingerprint", "point"].map((id) => document.getElementById(id));
  let [files, run] = [[], 0];
  form.addEventListener("submit", (event) => event.preventDefault());

  async function look() {
    if (!files.length) return;
    run += 1;
    const own = run;
    const known = knownFrom(fingerprint.value, point.value);
    if (known === null) {
      result.replaceChildren(
        element("h2", "What you typed can't be compared"),
        element("p", "A root fingerprint is sha256: and 64 of 0-9 a-f. A head is a number and a root, as 212:2b8CoN…=; an entry a number and a digest, as 212:sha256:0f3a…"),
      );
      return;
    }
    result.setAttribute("aria-busy", "true");
    result.replaceChildren(element("p", "Looking…"));
    let parts;
    try {
      parts = shown(await judge(files, { ...known, now: Date.now() }));
    } catch (error) {
      parts = [element("h2", VERDICTS.unknown), element("p", "The file could not be read to its end. Choose it again.")];
      console.warn(error);
    }
    if (own !== run) return;
    result.removeAttribute("aria-busy");
    result.replaceChildren(...parts);
    document.getElementById("verdict")?.focus();
  }

  for (const id of ["file", "folder"]) {
    const input = document.getElementById(id);
    input.addEventListener("change", () => {
      files = asFiles(input.files);
      look();
    });
  }
  for (const input of [fingerprint, point]) input.addEventListener("change", look);
  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    area.classList.add("over");
  });
  area.addEventListener("dragleave", () => area.classList.remove("over"));
  area.addEventListener("drop", async (event) => {
    event.preventDefault();
    area.classList.remove("over");
    files = await filesOf(event.dataTransfer);
    look();
  });
}

globalThis.govkitVerify = { judge, knownFrom, isSignedBy, digestOf: (text) => digestOf(utf8Of(text)) };
if (typeof document !== "undefined") {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
}
