"""What is printed after a coordinator has signed a founding or an act, and who is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from govkit.cli.keys import OwnKey
    from govkit.cli.registrar import Registrar
    from govkit.procedures.log.signatures import SignedRecord


class Signatures(NamedTuple):
    """Who has signed an act that was filed, who is asked to, and the words about it."""

    signed: tuple[str, ...]
    missing: tuple[str, ...]
    words: list[str]

    @property
    def for_programs(self) -> dict[str, list[str]]:
        """Return who has signed and who has not."""
        return {"signers": list(self.signed), "missing": list(self.missing)}


def signed_at_once(registrar: Registrar, path: str, by: str, own: OwnKey) -> Signatures:
    """Sign an act that was filed a moment ago, if that is asked for; say who else has to sign."""
    from govkit.procedures.log.signatures import sign_filed_act

    found = sign_filed_act(
        registrar.session.workspace, path, registrar.receipt(by), own.of if own.asked else None
    )
    if found is None:
        return Signatures((), (), [])
    if not found.counts:
        line = f"govkit sign {found.name} --by MEMBER --key FILE"
        words = [
            f"It counts when signed. Not signed yet: {', '.join(found.missing)}. Each: `{line}`."
        ]
    else:
        words = [f"Signed by {', '.join(found.signed)}: it counts."]
    return Signatures(found.signed, found.missing, words)


def signed_words(done: SignedRecord, by: str) -> list[str]:
    """Return what was signed, in its words, and who has not signed yet."""
    said = "You sign these words" if done.filing is not None else "You had signed these words"
    return [
        f"{said}, as {by}, with the key {done.key}:",
        "",
        *(f"  {line}".rstrip() for line in done.statement.splitlines()),
        "",
        f"Signed by {', '.join(done.signed) or 'nobody else'}. "
        + (f"It takes {done.needed} of them." if done.needed else ""),
        "All signatures that it takes are there."
        if done.counts
        else f"Not signed yet: {', '.join(done.missing)}.",
        f"Look at the change in {done.path}, commit it, and share it.",
    ]


def signed_as_json(done: SignedRecord, by: str) -> dict[str, object]:
    """Return the same for programs."""
    return {
        "signed": done.path,
        "by": by,
        "key": done.key,
        "statement": done.statement,
        "signers": list(done.signed),
        "missing": list(done.missing),
        "needed": done.needed,
        "changed": done.filing is not None,
    }
