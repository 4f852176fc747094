"""Coordinators change by an act that the list before signs, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.errors import WrongUse
from govkit.log.coordination import history_of
from govkit.procedures.log.signatures import SigningKey, sign_act
from govkit.workspace import open_workspace
from tests.release.verifying import scene
from tests.release.verifying.scene import change, failures
from tests.store.keys import new_key, public

NEW = "example-network-lab"
CHARTER = "governance/charter.yaml"
ACT = "governance/acts/02.yaml"
AT = ("--now", "2026-06-16T12:00:00Z")


@pytest.fixture
def changed(adopted: Path) -> Path:
    """C-example hands over to the Network Lab, by an act of both; nobody has signed it yet."""
    key = new_key(scene.keys_of(adopted), NEW)
    scene.run(adopted, "member", "key", "add", NEW, public(key), *AT)
    for member in (scene.A, scene.C, NEW):
        scene.run(
            adopted,
            "sign",
            "01",
            "--key",
            str(scene.keys_of(adopted) / member),
            "--by",
            member,
            *AT,
        )
    scene.commit(adopted)
    change(adopted / CHARTER, lambda data: data.replace(b"c-example]", NEW.encode() + b"]"))
    scene.run(
        adopted,
        "amend",
        "charter",
        "--reason",
        "The Moderation Log hands over.",
        "--who",
        scene.A,
        "--who",
        scene.C,
        *AT,
    )
    scene.seal(adopted, scene.A)
    scene.commit(adopted)
    return adopted


def sign_the_act(root: Path, *members: str) -> None:
    for member in members:
        scene.run(
            root, "sign", "02", "--key", str(scene.keys_of(root) / member), "--by", member, *AT
        )
    scene.commit(root)


def test_a_release_by_the_new_coordinators_holds(changed: Path) -> None:
    sign_the_act(changed, scene.A, scene.C)
    scene.cut(changed)
    for member in (scene.A, NEW):
        scene.sign(changed, member)
    scene.publish(changed)
    verified = scene.by_tag(changed, level="bytes")
    assert failures(verified) == []
    assert verified.body is not None
    assert verified.body.ids == (scene.A, NEW)
    said = [look.message for look in verified.verdict.looks if look.subject == "coordinators"]
    assert said == [
        "a-example, example-network-lab; 2 of them sign; acts since the founding, each by the "
        "threshold before it: 2"
    ]


def test_an_act_that_too_few_have_signed(changed: Path) -> None:
    """It changes nothing: the coordinators before it sign, and what it says is named."""
    sign_the_act(changed, scene.A)
    scene.cut(changed)
    with scene.nobody_looks(), pytest.raises(WrongUse, match=f"`{NEW}` is no coordinator"):
        scene.sign(changed, NEW)
    found = failures(scene.by_tag(changed))
    assert (
        "coordinators",
        "02.yaml",
        "this act does not count: it names c-example, who has not signed it",
    ) in found


def test_the_signature_of_somebody_who_only_comes_in_by_the_act(changed: Path) -> None:
    key = scene.keys_of(changed) / NEW
    with pytest.raises(WrongUse, match=f"`{NEW}` is not asked to sign this act"):
        sign_act(open_workspace(changed), "02", NEW, SigningKey(key))
    with pytest.raises(WrongUse, match="there is no act 7"):
        sign_act(open_workspace(changed), "7", scene.A, SigningKey(key))
    with pytest.raises(WrongUse, match="is not a key of a-example"):
        sign_act(open_workspace(changed), "2", scene.A, SigningKey(key))


def test_a_signature_of_another_act_does_not_hold(changed: Path) -> None:
    sign_the_act(changed, scene.A, scene.C)
    change(changed / ACT, lambda data: data.replace(b"hands over", b"stays on"))
    history = history_of(open_workspace(changed).corpus)
    step = history.steps[2]
    assert step.signed == ()
    assert not step.holds
    assert [fault.path for fault in step.faults] == [ACT, ACT, ACT]
    assert any("changed after it was logged" in fault.message for fault in step.faults)


def test_the_old_coordinator_signs_no_release_any_more(changed: Path) -> None:
    sign_the_act(changed, scene.A, scene.C)
    scene.cut(changed)
    with pytest.raises(WrongUse, match="`c-example` is no coordinator in the state"):
        scene.sign(changed, scene.C)


def test_an_act_after_the_cut_is_looked_at_too(adopted: Path) -> None:
    """The candidate is signed by the list that holds when it is published, so its act counts."""
    scene.cut(adopted)
    scene.sign(adopted, scene.A)
    change(
        adopted / "governance/charter.yaml",
        lambda data: data.replace(b"threshold: 2", b"threshold: 1"),
    )
    scene.run(
        adopted,
        "amend",
        "charter",
        "--reason",
        "One is enough.",
        "--who",
        scene.A,
        "--who",
        scene.C,
        "--now",
        "2026-06-20T13:30:00Z",
    )
    scene.commit(adopted)
    found = failures(scene.by_tag(adopted))
    assert (
        "coordinators",
        "01.yaml",
        "this act does not count: it names a-example, c-example, who have not signed it",
    ) in found
    assert (
        "signatures",
        "signatures",
        "it takes the signatures of 2 coordinators, and 1 holds",
    ) in found


def test_the_history_tells_who_coordinated_when(changed: Path) -> None:
    history = history_of(open_workspace(changed).corpus)
    founding, _, act = history.steps
    assert (founding.kind, founding.signed, founding.holds) == (
        "founding",
        (scene.A, scene.C),
        True,
    )
    assert (act.kind, act.needed, act.missing) == ("coordinators", 2, (scene.A, scene.C))
    body = history.at(founding.at)
    assert body is not None
    assert body.ids == (scene.A, scene.C)
    assert history.body is not None
    assert history.body.ids == (scene.A, scene.C), "names alone make nobody a coordinator"
    assert history.at(founding.at.replace(year=2020)) is None


def test_a_decision_made_under_an_earlier_charter_is_reckoned_with_it(changed: Path) -> None:
    """The words of then stand in the ground of the decision, and travel with the release."""
    sign_the_act(changed, scene.A, scene.C)
    scene.cut(changed)
    for member in (scene.A, NEW):
        scene.sign(changed, member)
    scene.publish(changed)
    for verified in (
        scene.by_tag(changed),
        scene.by_folder(changed.parent / "dist/provisions/1.0.0-draft.1"),
    ):
        assert failures(verified) == []
        said = [
            look.message for look in verified.verdict.of("holds") if look.subject == "decisions"
        ]
        assert said[0].startswith("reckoned again from their records, and the same: 1, for 3 texts")
