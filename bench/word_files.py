"""Word files against two judges that know nothing of govkit: LibreOffice and the schemas.

    python bench/word_files.py [COUNT]

Makes COUNT redlines (40): of texts that changed in the history of this repository, and for the rest
of texts with edits by chance. LibreOffice opens each without a window, accepts all changes, and
rejects all; what it then holds has to be the new and the old words, line by line. Where the package
`openxml-audit` is installed, it judges each file by the rules of the Open XML SDK. What is absent
is skipped, and said.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from govkit.corpus.redline.compare import redline  # noqa: E402
from govkit.languages.catalogue import messages  # noqa: E402
from govkit.rendering.changed_words import clause_texts  # noqa: E402
from govkit.rendering.document import Clause, Document, Facts, Front, Section  # noqa: E402
from govkit.rendering.tracked import tracked_paragraphs  # noqa: E402
from govkit.rendering.word.writer import as_docx  # noqa: E402
from govkit.workspace.comparison import whole  # noqa: E402
from govkit.workspace.states import state_named, state_of_folder  # noqa: E402

Texts = dict[str, str]
EDITS = ("not", "30 days", "without delay", "may", "the user", "(see clause (a))")

# Runs in the Python of LibreOffice: opens each file, accepts or rejects, prints the lines.
JUDGE = """
import sys, time, uno
from com.sun.star.beans import PropertyValue
context = uno.getComponentContext()
resolver = context.ServiceManager.createInstanceWithContext(
    "com.sun.star.bridge.UnoUrlResolver", context)
for _ in range(120):
    try:
        office = resolver.resolve(
            "uno:pipe,name=" + sys.argv[1] + ";urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.5)
manager = office.ServiceManager
desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", office)
dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", office)
hidden = PropertyValue(Name="Hidden", Value=True)
for path in sys.argv[2:]:
    for verb in ("Accept", "Reject"):
        held = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden,))
        frame = held.CurrentController.Frame
        dispatcher.executeDispatch(frame, ".uno:" + verb + "AllTrackedChanges", "", 0, ())
        lines, each = [], held.Text.createEnumeration()
        while each.hasMoreElements():
            block = each.nextElement()
            if block.supportsService("com.sun.star.text.Paragraph"):
                lines.append(" ".join(block.String.split()))
        with open(path + "." + verb.lower(), "w", encoding="utf-8") as file:
            file.write("\\n".join(line for line in lines if line))
        held.close(True)
try:
    desktop.terminate()
except Exception:
    pass
"""


def texts_of(corpus) -> dict[str, Texts]:  # type: ignore[no-untyped-def]
    """The words of each clause of each text."""
    said = messages("en")
    return {
        each.id: {id: words for id, (words, _) in clause_texts(each, said).items()}
        for each in corpus.documents
        if each.kind in ("provision", "recommendation", "principle")
    }


def pairs(count: int) -> Iterator[tuple[str, Texts, Texts]]:
    """Pairs of whole texts: out of the history, then with edits by chance."""
    commits = subprocess.run(
        ["git", "log", "--format=%H", "--", "provisions", "recommendations"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    now = texts_of(whole(state_of_folder(ROOT, ROOT)))
    left, seen = count, set()
    for commit in commits[len(commits) // 3 :: 6]:
        before = texts_of(whole(state_named(ROOT, ROOT, commit)))
        for id, old in before.items():
            if left > count // 3 and id in now and id not in seen and old != now[id]:
                seen.add(id)
                left -= 1
                yield f"{id}-history", old, now[id]
    chance = random.Random(18)
    for id in sorted(now)[:left]:
        yield f"{id}-edited", now[id], edited(now[id], chance)


def edited(texts: Texts, chance: random.Random) -> Texts:
    """A text with some edits in each clause, one moved sentence, one clause gone, one new."""
    found = {}
    for id, text in texts.items():
        words = text.replace("\n\n", " \n\n ").split(" ")
        for _ in range(chance.randint(0, 3)):
            at = chance.randrange(len(words))
            if words[at] != "\n\n":
                words[at : at + chance.randint(0, 2)] = [chance.choice(EDITS)]
        found[id] = " ".join(words).replace(" \n\n ", "\n\n")
    if len(found) > 2:
        first, second, *_ = found
        sentences = found[first].split(". ")
        found[first] = ". ".join([*sentences[1:], sentences[0]]) if sentences[1:] else found[first]
        del found[second]
    return {**found, "new": "The platform must answer.\n\n(i) in time;\n\n(ii) in plain words."}


def document(name: str, old: Texts, new: Texts) -> Document:
    """A redline of a whole text, clause by clause."""
    said = messages("en")
    front = Front("x", "head", "Coalition", name, Facts(()), "en", of="of", day="2026-03-10")
    blocks = tuple(
        Clause(
            f"x-{id}",
            f"({id})",
            "",
            (),
            tracked_paragraphs(redline(old.get(id, ""), new.get(id, "")), said),
            field=f"X.{id}",
        )
        for id in [*new, *(id for id in old if id not in new)]
    )
    return replace(Document(front, ()), sections=(Section("text", "x", "", "Text", blocks),))


def lines(texts: Texts, order: list[str]) -> list[str]:
    """The lines of a text, as they have to come back."""
    wanted = "\n\n".join(texts.get(id, "") for id in order)
    return [" ".join(line.split()) for line in wanted.split("\n\n") if line.strip()]


def main() -> int:
    """Make the files, have them judged, and print what is wrong."""
    count = int(sys.argv[1]) if sys.argv[1:] else 40
    if shutil.which("soffice") is None:
        print("not run: there is no LibreOffice (apt-get install libreoffice-writer python3-uno)")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        made, wanted = [], {}
        for name, old, new in pairs(count):
            path = Path(folder, f"{name}.docx")
            path.write_bytes(as_docx(document(name, old, new)))
            order = [*new, *(id for id in old if id not in new)]
            wanted[path] = (lines(new, order), lines(old, order))
            made.append(path)
        judged(folder, made)
        wrong = [line for path in made for line in compared(path, *wanted[path])]
        print("\n".join(wrong))
        print(f"{len(made)} redlines, accepted and rejected by LibreOffice: {len(wrong)} differ")
        audit = shutil.which("openxml-audit")
        if audit is None:
            print("schemas: not run, there is no openxml-audit")
        else:
            bad = [p.name for p in made if subprocess.run([audit, "-q", p], check=False).returncode]
            print(f"schemas: {len(bad)} of {len(made)} files with a finding", *bad)
            wrong += bad
    return 1 if wrong else 0


def judged(folder: str, made: list[Path]) -> None:
    """Have LibreOffice write what each file holds after accepting and after rejecting."""
    script = Path(folder, "judge.py")
    script.write_text(JUDGE, encoding="utf-8")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    pipe = f"govkit{random.randrange(10**9)}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", profile, f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        subprocess.run(["/usr/bin/python3", script, pipe, *made], check=True, timeout=900)
    finally:
        office.terminate()
        office.wait(30)


def compared(path: Path, new: list[str], old: list[str]) -> Iterator[str]:
    """Yield a line where what came back is not what it has to be."""
    for verb, want in (("accept", new), ("reject", old)):
        got = Path(f"{path}.{verb}").read_text(encoding="utf-8").split("\n")[2:]
        got = [line for line in got if line != "Text"]
        if got != want:
            at = next(
                (n for n, (a, b) in enumerate(zip(got, want, strict=False)) if a != b),
                min(len(got), len(want)),
            )
            yield f"{path.stem} {verb}: line {at}: {got[at : at + 1]} for {want[at : at + 1]}"


if __name__ == "__main__":
    sys.exit(main())
