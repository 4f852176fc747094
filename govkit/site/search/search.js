// Looks words up in the index of this site, which lies beside this page as files of script: only
// those are loaded that a question needs. Nothing is asked of anybody else.

(() => {
  "use strict";

  const MOST_WORDS = 8;
  const MOST_SHOWN = 20;
  const MOST_FILES = 12;
  const UNSPACED = /[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u;
  const WORD = /[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]+|[\p{L}\p{N}\p{M}]+(?:[-.'\u2019][\p{L}\p{N}\p{M}]+)*/gu;

  const own = document.currentScript ? document.currentScript.src : "";
  const folder = own.slice(0, own.lastIndexOf("/") + 1);
  let head = null;
  const shards = new Map();
  const places = new Map();
  const loading = new Map();

  globalThis.govkitSearch = {
    head: (value) => { head = value; },
    words: (key, value) => shards.set(key, new Map(Object.entries(value))),
    places: (number, value) => places.set(number, value),
  };

  // Load a file of the index once.
  function load(name) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = folder + name;
        script.onload = () => done();
        script.onerror = () => {
          loading.delete(name);
          failed(new Error(name));
        };
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  const folded = (word) => word.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ").normalize("NFKD").replace(/\p{Mn}/gu, "").normalize("NFC");

  function wordsIn(text) {
    const found = [];
    for (const [whole] of text.slice(0, 200).matchAll(WORD)) {
      const word = folded(whole);
      const signs = [...word];
      if (UNSPACED.test(word)) {
        for (let at = 0; at < Math.max(1, signs.length - 1); at += 1) found.push({ word: signs.slice(at, at + 2).join(""), isWhole: signs.length > 1 });
      } else if (word) found.push({ word, isWhole: false });
    }
    return found.slice(0, MOST_WORDS);
  }

  const nameOf = (key) => `w-${[...key].map((sign) => sign.codePointAt(0).toString(16)).join("-")}.js`;

  // The files that hold words with this beginning: those behind it, or the one that it lies in.
  function shardsFor(word) {
    const behind = head.shards.filter((key) => key.startsWith(word));
    const within = head.shards.filter((key) => word.startsWith(key));
    return [...new Set([...within, ...behind])].slice(0, MOST_FILES);
  }

  // Places with a word, or with one that begins so, and how much they say.
  async function scored({ word, isWhole }) {
    const keys = shardsFor(word);
    await Promise.all(keys.map((key) => load(nameOf(key))));
    const found = new Map();
    for (const key of keys) {
      for (const [term, list] of shards.get(key)) {
        if (isWhole ? term !== word : !term.startsWith(word)) continue;
        const weight = term === word ? 1 : word.length < 2 ? 0.2 : 0.3 + (0.5 * word.length) / term.length;
        for (let at = 0; at < list.length; at += 2) {
          found.set(list[at], Math.max(found.get(list[at]) || 0, list[at + 1] * weight));
        }
      }
    }
    return found;
  }

  // The numbers of the places with all words, the best first.
  async function searched(text) {
    if (head === null) await load("index.js");
    const words = wordsIn(text);
    if (!words.length) return { words, numbers: [] };
    const every = await Promise.all(words.map(scored));
    const sums = new Map();
    for (const [number, score] of every[0]) {
      if (every.every((each) => each.has(number))) sums.set(number, every.reduce((sum, each) => sum + each.get(number), 0));
    }
    const numbers = [...sums].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([number]) => number);
    return { words, numbers };
  }

  async function placesAt(numbers) {
    const files = [...new Set(numbers.map((number) => Math.floor(number / head.each)))];
    await Promise.all(files.map((file) => load(`p${file}.js`)));
    return numbers.map((number) => places.get(Math.floor(number / head.each))[number % head.each]);
  }

  // --- the page -----------------------------------------------------------------------------------

  function element(name, words = "") {
    const made = document.createElement(name);
    made.textContent = words;
    return made;
  }

  // A message that was never translated is English, and says so between signs that no text holds.
  function tell(place, message) {
    const borrowed = /^\ufdd0([^\ufdd1]*)\ufdd1([^]*)\ufdd2$/.exec(message);
    place.textContent = borrowed ? borrowed[2] : message;
    place.lang = borrowed ? borrowed[1] : document.documentElement.lang;
  }

  // Where the words stand in a text, as [begin, end].
  function hits(text, words) {
    const found = [];
    for (const fits of text.matchAll(WORD)) {
      if (UNSPACED.test(fits[0])) {
        for (const { word } of words) {
          for (let at = fits[0].indexOf(word); at >= 0; at = fits[0].indexOf(word, at + word.length)) found.push([fits.index + at, fits.index + at + word.length]);
        }
        continue;
      }
      const parts = [fits[0], ...fits[0].split(/[-.'\u2019]/)].map(folded);
      if (words.some(({ word }) => parts.some((part) => part.startsWith(word)))) found.push([fits.index, fits.index + fits[0].length]);
    }
    return found.sort((one, other) => one[0] - other[0]);
  }

  function snippet(text, words) {
    const found = hits(text, words);
    const middle = found.length ? found[0][0] : 0;
    const begin = middle < 90 ? 0 : text.indexOf(" ", middle - 80) + 1 || middle;
    const end = Math.min(text.length, begin + 240);
    const line = element("p", begin ? "…" : "");
    let at = begin;
    for (const [from, to] of found) {
      if (from < at || to > end) continue;
      line.append(text.slice(at, from), element("mark", text.slice(from, to)));
      at = to;
    }
    line.append(text.slice(at, end), end < text.length ? "…" : "");
    return line;
  }

  function shown(place, words) {
    const [path, anchor, title, heading, text] = place;
    const item = element("li");
    const link = element("a", heading && heading !== title ? `${title}: ${heading}` : title);
    link.href = new URL(`../${path}${anchor ? `#${anchor}` : ""}`, folder).href;
    const line = element("p");
    line.append(link);
    item.append(line, snippet(text, words));
    return item;
  }

  async function begin() {
    const area = document.getElementById("search-here");
    if (!area) return;
    try {
      await load("index.js");
    } catch {
      return; // then the list of all texts is there
    }
    const said = globalThis.govkitSearchSaid || head.said; // those of the page, or of the site
    const form = element("form");
    form.setAttribute("role", "search");
    const label = element("label");
    tell(label, said.label);
    const input = element("input");
    Object.assign(input, { type: "search", id: "q", maxLength: 200, autocomplete: "off" });
    label.htmlFor = "q";
    const status = element("p");
    status.setAttribute("role", "status");
    const list = element("ol");
    form.append(label, input);
    area.append(form, status, list);
    let [run, waits] = [0, 0];

    async function look() {
      run += 1;
      const mine = run;
      try {
        const { words, numbers } = await searched(input.value);
        const found = words.length ? await placesAt(numbers.slice(0, MOST_SHOWN)) : [];
        if (mine !== run) return;
        const counted = numbers.length === 1 ? said.one : said.other;
        tell(status, words.length ? (numbers.length ? counted.replace("{count}", numbers.length) : said.none) : "");
        list.replaceChildren(...found.map((place) => shown(place, words)));
      } catch {
        if (mine === run) tell(status, said.broken);
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      look();
    });
    input.addEventListener("input", () => {
      clearTimeout(waits);
      waits = setTimeout(look, 120);
    });
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) {
      input.value = asked.slice(0, 200);
      look();
    }
  }

  globalThis.govkitSearch.searched = async (text) => placesAt((await searched(text)).numbers.slice(0, MOST_SHOWN));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
