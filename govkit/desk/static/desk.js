// Findings, redline and printed page as one types. Without it the desk works the same, by buttons.
"use strict";
(() => {
  const form = document.getElementById("text");
  document.documentElement.classList.add("script");
  if (!form) return;
  const PAUSE = 400;
  const summary = document.getElementById("summary");
  const change = document.getElementById("change");
  const noPage = document.getElementById("nopage");
  let waiting = 0, asked = null, typed = false, leaves = false;

  function body() {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(form)) said.append(name, value);
    return said;
  }

  function showFrame(id, name) {
    const frame = document.getElementById(id);
    frame.hidden = !name;
    const address = name ? "/paper/" + name + "#main" : "";
    if (name && frame.getAttribute("src") !== address) frame.setAttribute("src", address);
  }

  function show(answer) {
    summary.innerHTML = answer.summary;
    change.textContent = answer.change;
    for (const place of form.querySelectorAll(".marks")) {
      const words = answer.marks[place.id.slice(2)] || "";
      if (place.innerHTML !== words) place.innerHTML = words;
    }
    showFrame("page", answer.page);
    showFrame("redline", answer.redline);
    noPage.hidden = Boolean(answer.page);
  }

  async function look() {
    if (asked) asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.look, {
        method: "POST", body: body(), signal: asked.signal, credentials: "same-origin",
      });
      if (answer.ok) show(await answer.json());
      else summary.textContent = "The desk does not answer as it should. Your words are still here: save them.";
    } catch (error) {
      if (error.name !== "AbortError") {
        summary.textContent = "The desk has ended. Your words are still here: start it again, and copy them.";
      }
    }
  }

  function grow(area) {
    area.style.height = "auto";
    area.style.height = area.scrollHeight + 2 + "px";
  }

  for (const area of form.querySelectorAll("textarea")) grow(area);
  form.addEventListener("input", (event) => {
    typed = true;
    if (event.target.tagName === "TEXTAREA") grow(event.target);
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
  form.addEventListener("submit", () => { leaves = true; });
  window.addEventListener("beforeunload", (event) => { if (typed && !leaves) event.preventDefault(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.querySelector("button.main").click();
    }
  });
})();
