// The page: files chosen or dropped go to `judge`, and what comes out is written as plain text.

const HEADINGS = ["fails", "holds", "not-checked"];

function element(name, words, ...children) {
  const made = document.createElement(name);
  if (words) made.append(...spoken(words));
  made.append(...children);
  return made;
}

// Words as nodes, those of another language in a span that says which.
function spoken(words) {
  const [parts, nodes] = [words.split(BORROWED), []];
  for (let at = 0; at < parts.length; at += 3) {
    nodes.push(parts[at]);
    if (at + 2 < parts.length) nodes.push(Object.assign(document.createElement("span"), { lang: parts[at + 1], dir: "auto", textContent: parts[at + 2] }));
  }
  return nodes;
}

function shown(verdict) {
  const head = element("h2", say(`verdict.${verdict.state}`));
  head.id = "verdict";
  head.tabIndex = -1;
  const parts = [head];
  if (verdict.name) parts.push(element("p", say(`what.${verdict.kind}`, { name: verdict.name })));
  if (verdict.refusal) parts.push(element("p", say("not-looked-at", { why: verdict.refusal.message })), element("p", verdict.refusal.help));
  for (const state of HEADINGS) {
    const looks = verdict.looks.filter((look) => look.state === state);
    if (!looks.length) continue;
    const list = element("dl");
    for (const look of looks) {
      const said = element("dd", "", element("p", look.message));
      if (look.place) said.prepend(element("p", look.place));
      if (look.help) said.append(element("p", look.help));
      list.append(element("dt", say(`subject.${look.subject}`)), said);
    }
    const section = element("section", "", element("h3", `${say(`heading.${state}`)} (${looks.length})`), list);
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
  const area = element("div", "", element("p", say("drop-here")));
  area.className = "drop";
  area.append(
    field("file", say("field.files"), "", { type: "file", multiple: true }),
    field("folder", say("field.folder"), "", { type: "file", webkitdirectory: true }),
  );
  const own = { type: "text", autocomplete: "off", spellcheck: false };
  const form = element("form", "", area);
  form.append(
    field("fingerprint", say("field.fingerprint"), say("field.fingerprint-hint"), own),
    field("point", say("field.point"), say("field.point-hint"), own),
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
        element("h2", say("not-comparable")),
        element("p", say("how-to-compare")),
      );
      return;
    }
    result.setAttribute("aria-busy", "true");
    result.replaceChildren(element("p", say("looking")));
    let parts;
    try {
      parts = shown(await judge(files, { ...known, now: Date.now() }));
    } catch (error) {
      parts = [element("h2", say("verdict.unknown")), element("p", say("not-read-to-its-end"))];
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
