// Loads the open page again once a file of the folder was saved. Only the own server is asked.
"use strict";
(() => {
  const own = new URL(document.currentScript.src);
  const shown = own.search.slice(1);
  const EVERY = 1000;

  async function ask() {
    if (document.visibilityState === "visible") {
      try {
        const said = await fetch(new URL("version", own), { cache: "no-store" });
        if (said.ok && (await said.text()) !== shown) {
          location.reload();
          return;
        }
      } catch {
        // The server has ended, or starts again; the page stays readable.
      }
    }
    setTimeout(ask, EVERY);
  }

  setTimeout(ask, EVERY);
})();
