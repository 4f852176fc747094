"""500 good SSH signatures and 500 that must not hold, seeded; and what ssh-keygen says of each.

`python -m tests.source.ssh_agreement` asks ssh-keygen about all 1,000, a process or two for each.
"""

from __future__ import annotations

import datetime
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from govkit.log.keys import sound_signers
from govkit.log.periods import end_of_day, instant_of
from govkit.records.governance import Key
from govkit.source.ssh_signatures import signer_of
from tests.source.ssh_signing import KINDS, PURPOSE, Pair, armoured, known, signed, unarmoured

SEED = 20260613
NOW = datetime.datetime(2026, 6, 13, 12, tzinfo=datetime.UTC)
EACH = 500
PURPOSES = (PURPOSE, "genesis@govkit", "act@govkit", "git")


class Case(NamedTuple):
    """A signature, what it should be over, whose it should be, and whose key is which."""

    what: str
    data: bytes
    text: str
    namespace: str
    id: str
    keys: tuple[tuple[str, Key], ...]


def cases() -> tuple[list[Case], list[Case]]:
    """The good ones and the others, the same at each call but for what a key makes by chance."""
    chance = random.Random(SEED)
    pairs = [known(kind) for kind in KINDS]
    good = [_good(number, pairs, chance) for number in range(EACH)]
    bad = [_turned(number, case, chance) for number, case in enumerate(good)]
    return good, bad


def _good(number: int, pairs: list[Pair], chance: random.Random) -> Case:
    by = pairs[number % len(pairs)]
    data = chance.randbytes(chance.randrange(2000)) + b"\nword\n"
    namespace = chance.choice(PURPOSES)
    hash = chance.choice(("sha512", "sha256"))
    token = bytes([chance.choice((1, 5))]) + chance.randbytes(4)
    keys = tuple((f"member-{at}", key_of(each)) for at, each in enumerate(pairs))
    text = signed(by, data, namespace, hash, token=token)
    return Case(f"good {by.kind}", data, text, namespace, f"member-{number % len(pairs)}", keys)


def key_of(pair: Pair) -> Key:
    """A key as a member's record holds it."""
    return Key(id="k1", public=pair.public, since=datetime.date(2026, 1, 1))


TURNS = (
    "a bit of the signature flipped",
    "a bit of the words flipped",
    "another purpose",
    "another person",
    "an ended key",
    "a key in other hands",
    "bytes cut off",
    "lines cut off",
    "bytes behind the end",
    "words with the line ends of Windows",
)


def _turned(number: int, good: Case, chance: random.Random) -> Case:
    what = TURNS[(number // len(KINDS)) % len(TURNS)]
    blob = unarmoured(good.text)
    turned = good._replace(what=f"{what}, {good.what[5:]}")
    match what:
        case "a bit of the signature flipped":
            return turned._replace(text=armoured(_flipped(blob, chance)))
        case "a bit of the words flipped":
            return turned._replace(data=_flipped(good.data, chance))
        case "another purpose":
            others = [each for each in (*PURPOSES, "release") if each != good.namespace]
            return turned._replace(namespace=chance.choice(others))
        case "another person":
            return turned._replace(id=chance.choice([id for id, _ in good.keys if id != good.id]))
        case "an ended key":
            return turned._replace(keys=_changed(good, until=datetime.date(2026, 6, 11)))
        case "a key in other hands":
            return turned._replace(keys=_changed(good, compromised_since="2026-06-01T00:00Z"))
        case "bytes cut off":
            return turned._replace(text=armoured(blob[: chance.randrange(len(blob))]))
        case "lines cut off":
            lines = good.text.splitlines(keepends=True)
            return turned._replace(text="".join(lines[: chance.randrange(len(lines))]))
        case "bytes behind the end":
            return turned._replace(text=armoured(blob + chance.randbytes(chance.randint(1, 9))))
        case _:
            return turned._replace(data=good.data.replace(b"\n", b"\r\n"))


def _flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _changed(case: Case, **more: object) -> tuple[tuple[str, Key], ...]:
    return tuple(
        (id, Key.model_validate(key.model_dump() | more) if id == case.id else key)
        for id, key in case.keys
    )


def ours(case: Case) -> bool:
    """Whether the signature is the person's, by the keys that could be signed with at `NOW`."""
    signers = sound_signers((id, key.public) for id, key in case.keys if _holds(key))
    return signer_of(case.data, case.text, signers, case.namespace) == case.id


def _holds(key: Key) -> bool:
    if NOW.date() < key.since or (key.until is not None and end_of_day(key.until) <= NOW):
        return False
    return key.compromised_since is None or instant_of(key.compromised_since) > NOW


def theirs(case: Case) -> bool:
    """The same, said by `ssh-keygen -Y verify`."""
    with tempfile.TemporaryDirectory() as folder:
        return _asked(case, Path(folder))


def _asked(case: Case, folder: Path) -> bool:
    lines, revoked = [], []
    for id, key in case.keys:
        until = f' valid-before="{_instant(end_of_day(key.until))}"' if key.until else ""
        lines.append(f"{id}{until} {key.public}\n")
        if key.compromised_since is not None:
            revoked.append(f"{key.public}\n")
    (folder / "signers").write_text("".join(lines))
    (folder / "revoked").write_text("".join(revoked))
    (folder / "signature").write_text(case.text, newline="")
    command = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", case.id, "-n", case.namespace]
    command += ["-s", "signature", "-r", "revoked", "-O", f"verify-time={_instant(NOW)}"]
    return not subprocess.run(
        command,
        cwd=folder,
        input=case.data,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "TZ": "UTC"},
        capture_output=True,
        check=False,
    ).returncode


def _instant(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y%m%d%H%M%S")


def _told() -> Iterator[str]:
    good, bad = cases()
    for said, group in (("good", good), ("turned", bad)):
        found = Counter((ours(case), theirs(case)) for case in group)
        yield f"{said}: " + ", ".join(
            f"govkit {'takes' if own else 'refuses'}, ssh-keygen {'takes' if other else 'refuses'}:"
            f" {number}"
            for (own, other), number in found.items()
        )


if __name__ == "__main__":
    for line in _told():
        print(line)
