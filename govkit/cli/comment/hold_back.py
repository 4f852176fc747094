"""`govkit comment hold-back`: two coordinators decide that words are not shown."""

from __future__ import annotations

from typing import cast

import click

from govkit.cli.act_options import people_option
from govkit.cli.asking import in_words
from govkit.cli.comment.options import numbers_there, proposal_option
from govkit.cli.keys import OwnKey, signing_options
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.signed import signed_at_once
from govkit.records.enumerations import HOLD_BACK_GROUNDS, HoldBackGround

number_argument = click.argument("number", type=click.IntRange(1), shell_complete=numbers_there)
_EPILOG = """Examples:
  govkit comment hold-back 12 --ground attack --who example-society --who other-society \\
      --reason "It calls a member by a name. The point on the period is answered."
  govkit sign 2026-003/acts/01 --by other-society --key ~/.ssh/id_ed25519

  personal-data   it names a private person, or says where they live, or how they are
  attack          it is against a person or a group, and not about the text
  spam            it is about something else altogether

It takes two coordinators who sign it; until then the words are shown. Then no table, report or
letter shows them: each says in their place that the comment is held back, why, by whom, since
when. It is counted, and waits for no answer; it may have one. The record stays as the log binds it,
and whoever opens the repository can read it: docs/comments.md says more.
"""


@click.command("hold-back", epilog=_EPILOG)
@number_argument
@click.option("--ground", type=click.Choice(HOLD_BACK_GROUNDS), required=True, help="The ground.")
@click.option(
    "--reason",
    required=True,
    metavar="WORDS",
    help="Why, without the words themselves. It is published.",
)
@people_option("Who does it")
@proposal_option
@signing_options
@registrar_options
def hold_back(
    registrar: Registrar,
    number: int,
    ground: str,
    reason: str,
    people: tuple[str, ...],
    proposal: str | None,
    own: OwnKey,
) -> None:
    """Hold a comment back, with a ground and a second coordinator."""
    file_holding(registrar, number, cast(HoldBackGround, ground), reason, people, proposal, own)


_SAID = {
    (True, False): "is held back",
    (True, True): "is to be held back",
    (False, False): "is shown again",
    (False, True): "is to be shown again",
}
"""What happens to a comment: whether it is held back, and whether a signature is missing."""


def file_holding(
    registrar: Registrar,
    number: int,
    ground: HoldBackGround | None,
    reason: str,
    people: tuple[str, ...],
    proposal: str | None,
    own: OwnKey,
) -> None:
    """File the act about a comment, and say so; without a ground it is shown again."""
    from govkit.consultation.consultation import consultation_of
    from govkit.correspondence.comment_letters import holding_mail
    from govkit.procedures.comments.held_back import held_back_act
    from govkit.procedures.letters.addressees import Addressees
    from govkit.procedures.proposals.acts import prepare_act
    from govkit.procedures.proposals.opening import matter_of

    with registrar.writing() as (workspace, by):
        consultation = consultation_of(workspace.corpus, proposal, registrar.now)
        filed = consultation.comment(number)
        who = tuple(dict.fromkeys(people or (by,)))
        act = held_back_act(filed, ground, who, in_words(reason, "--reason"))
        id = consultation.proposal.id
        filing = prepare_act(workspace, id, act, registrar.now, by)
        entries = registrar.file(workspace, [filing], by)
        signatures = signed_at_once(registrar, filing.path, by, own)
    said = _SAID[ground is not None, bool(signatures.missing)]
    words = [f"Comment {filed.name} of {id} {said}, by {' and '.join(who)}.", *signatures.words]
    to = Addressees(workspace).author(filed)
    if to is not None:
        when = ", when all have signed" if signatures.missing else ""
        words.append(f"Next: tell the author{when}: `govkit letters` writes the mail.")
    else:
        revision = consultation.revisions[-1]
        matter = matter_of(workspace, consultation.proposal, consultation.number, revision)
        name = filed.author.member or filed.author.name or matter.said["letters.the-author"]
        mail = holding_mail(matter, name, filed, act)
        when = " when all have signed" if signatures.missing else ""
        words += ["", f"Words to send to {name}{when}:", ""]
        words += [f"  {line}".rstrip() for line in mail.as_text().rstrip().split("\n")]
    registrar.say(
        words,
        entries,
        act=filing.path,
        comment=filed.number,
        ground=ground,
        **signatures.for_programs,
    )
