"""One change handed in at the desk: checked, asked about, committed, then pushed or mailed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from govkit.cli.output import say_json
from govkit.cli.printing.as_json import finding_as_json
from govkit.cli.printing.as_text import finding_as_text
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import number_of, visible
from govkit.cli.proposing.desk import tell_blocked
from govkit.cli.session import Session
from govkit.cli.submitting import questions
from govkit.cli.submitting.letter import place_of_mail, redline_as_text
from govkit.cli.submitting.request import SubmissionRequest
from govkit.errors import WrongUse
from govkit.findings import Finding
from govkit.procedures.proposals.handing_in import sentence_of, with_declarations, without_asked
from govkit.procedures.proposals.submission import SubmissionBranch, commit_edits, target_branch
from govkit.procedures.proposals.submission_mail import mail_bytes, recipients_of
from govkit.procedures.proposals.submission_route import Route, no_remote, route_of
from govkit.proposals.blockers import Blocked
from govkit.proposals.submission import NO_SUBMISSION, commit_message
from govkit.store.remotes import push
from govkit.store.worktree import write_whole
from govkit.workspace.edited_texts import EditedTexts, edited_texts, stops_handing_in


class SubmissionDesk:
    """A person, their edits, and the moment."""

    def __init__(
        self, session: Session, request: SubmissionRequest, now: datetime.datetime
    ) -> None:
        self.session, self.request, self.now = session, request, now
        self.asks = questions.may_ask(request.as_json) and not request.dry_run
        self.answer: dict[str, Any] = {"version": 1, "dry_run": request.dry_run}

    def run(self) -> int:
        """Hand the change in; return the exit code."""
        try:
            return self._run()
        except Blocked as stopped:
            tell_blocked(stopped, self.request.as_json)
            return stopped.exit_code

    def _run(self) -> int:
        edits = self._edits()
        root = edits.workspace.root
        route = route_of(root, self.request.remote)
        if self.request.push and route.address is None:
            raise no_remote(route)
        target = target_branch(edits, route.main)
        stops = self._show_findings(edits)
        if stops and not self.request.draft:
            return self._stopped(edits, stops)
        sentence = questions.sentence(
            self.request.message, sentence_of(edits), asks=self.asks and bool(edits.files)
        )
        edits = self._declared(edits, sentence)
        open_ = [*_unfinished(stops, edits)]
        message = commit_message(sentence, edits.changes)
        message = "\n\n".join([message, *open_]) if open_ else message
        who = questions.person(root, self.request.person, asks=self.asks)
        self._show_change(edits, target, message)
        if self.request.dry_run:
            self._say([f"By {visible(who)}.", *self._would_go(route, target)])
            return self._end()
        by_mail = self._by_mail(route)
        to = recipients_of(edits, who, self.request.recipient) if by_mail else ()
        commit = commit_edits(edits, target, who, message, self.now)
        self._tell_branch(edits, target, commit)
        if by_mail:
            self._mail(edits, target, (who, *to), message, open_)
        else:
            self._go(root, route, target, commit)
        return self._end()

    # --- before -----------------------------------------------------------------------------------

    def _edits(self) -> EditedTexts:
        edits = edited_texts(self.session.workspace(), self.session.folder(), self.request.names)
        left = [f"  {visible(path)}" for path in edits.left_out]
        if not edits.differing:
            raise WrongUse(
                "nothing is changed here that can be handed in",
                f"Edited, but made by commands: {', '.join(edits.left_out)}. {NO_SUBMISSION}"
                if left
                else "Edit the file of a text first, or: `govkit propose edit ID`.",
            )
        if left:
            self._say(["Not handed in, since commands write these and coordinators commit them:"])
            self._say(left)
        if edits.unasked:
            self._say([f"Left as it is: {visible(path)}" for path in edits.unasked])
        self.answer |= {"left_out": list(edits.left_out), "not_named": list(edits.unasked)}
        return edits

    def _show_findings(self, edits: EditedTexts) -> list[Finding]:
        """Show what `check` finds: first what stops the change, then what does not."""
        found = edits.findings(self.now.date())
        if self.asks:
            found = without_asked(edits, found)
        stops = [each for each in found if stops_handing_in(each)]
        others = [each for each in found if each not in stops]
        self.answer["stops"] = [finding_as_json(each) for each in stops]
        self.answer["findings"] = [finding_as_json(each) for each in others]
        self._show_placed("To be mended before it can be handed in:", edits, stops)
        shown = [each for each in others if each.rule not in _SAID_OTHERWISE]
        self._show_placed("What does not stop it:", edits, shown[:_MOST_SHOWN])
        if len(shown) > _MOST_SHOWN:
            self._say([f"and {len(shown) - _MOST_SHOWN} more; `govkit check` shows all.", ""])
        adopted = sorted({each.id for each in others if each.rule == _PROPOSED})
        if adopted:
            named = ", ".join(adopted)
            self._say([f"Adopted words change in {named}: those who take it in propose them.", ""])
        return stops

    def _show_placed(self, head: str, edits: EditedTexts, found: list[Finding]) -> None:
        if found and not self.request.as_json:
            click.echo(click.style(head, bold=True) + "\n")
            for each in found:
                click.echo(finding_as_text(each, edits.handed_in.lines(each.path)), nl=False)

    def _stopped(self, edits: EditedTexts, stops: list[Finding]) -> int:
        what = number_of(len(stops), "mistake")
        words = f"{what} in the words. Mend them, and run this again; or hand it in as it is, for "
        self._say([f"{words}others to help: --draft. Nothing was changed."])
        if edits.unasked:
            self._say(["They may come from what is left as it is: without a name, all goes along."])
        self.answer["stopped"] = f"{what} in the words"
        return self._end() or 1

    def _declared(self, edits: EditedTexts, sentence: str) -> EditedTexts:
        """Have the author answer what only they can, and return the edits with the answers."""
        owing = edits.owing()
        if not owing or self.request.draft:
            return edits
        if not self.asks:
            raise questions.unanswered(owing)
        files = dict(questions.answered(edits.workspace, owing, sentence))
        names = [*self.request.names, *files] if self.request.names else ()
        edits = with_declarations(edits, files, self.now, self.session.folder(), names)
        self._say([f"Wrote {path}" for path in files])
        return edits

    # --- the commit -------------------------------------------------------------------------------

    def _show_change(self, edits: EditedTexts, target: SubmissionBranch, message: str) -> None:
        self.answer |= {
            "branch": target.name,
            "files": sorted(edits.differing),
            "message": message,
            "commit": None,
            "pushed_to": None,
            "request": None,
            "mail": None,
        }
        said = "new" if target.old is None else "goes on"
        if edits.files:
            self._say([f"The commit, on the branch {target.name} ({said}):", ""])
            self._say([f"    {visible(line)}" for line in message.split("\n")])
            self._say(["", *(f"  {visible(path)}" for path in edits.files)])

    def _tell_branch(self, edits: EditedTexts, target: SubmissionBranch, commit: str) -> None:
        self.answer["commit"] = commit
        done = f"Committed as {commit[:12]}" if edits.files else f"It is committed as {commit[:12]}"
        where = f"You work on the branch {target.name} now; `git switch {target.left}` leads back."
        self._say([f"{done}. {where}" if target.moves else f"{done}, on {target.name}."])

    # --- and then ---------------------------------------------------------------------------------

    def _by_mail(self, route: Route) -> bool:
        return self.request.mail or not (route.has_requests or self.request.push)

    def _would_go(self, route: Route, target: SubmissionBranch) -> Iterable[str]:
        if self._by_mail(route):
            yield "It would be written as a mail, with the redline and the patch."
        else:
            how = "be pushed" if self.request.push else "be ready to be pushed (--push)"
            yield f"It would {how} to {visible(str(route.address))}."
            yield from _opens(route.request(target.name))
        yield "Nothing was written."

    def _go(self, root: Path, route: Route, target: SubmissionBranch, commit: str) -> None:
        where = visible(str(route.address))
        pushes = self.request.push or (
            self.asks and click.confirm(f"Push it to {where} now? Everybody can read it there")
        )
        lines = self._push(root, route, target, commit) if pushes else ()
        request = self.answer["request"] = route.request(target.name, lines)
        if not pushes:
            remote = (
                f" --remote {route.remote.name}" if self.request.remote and route.remote else ""
            )
            self._say([f"Nothing was pushed. To push it to {where}: govkit submit{remote} --push"])
        self._say(_opens(request, "" if pushes else "After that, "))
        if not pushes:
            self._say(["Without an account there: govkit submit --mail"])

    def _push(
        self, root: Path, route: Route, target: SubmissionBranch, commit: str
    ) -> tuple[str, ...]:
        assert route.remote is not None
        lines = push(root, route.remote.address, commit, target.ref, asks=self.asks)
        self.answer["pushed_to"] = str(route.address)
        self._say([f"Pushed to {visible(str(route.address))}, branch {target.name}."])
        if not route.has_requests:
            self._say([f"  {visible(line)}" for line in lines])
        return lines

    def _mail(
        self,
        edits: EditedTexts,
        target: SubmissionBranch,
        people: tuple[str, ...],
        message: str,
        open_: list[str],
    ) -> None:
        """Write the mail; `people` are who sends it, and whom it is for."""
        to = people[1:]
        name = target.name.rpartition("/")[2]
        path = place_of_mail(edits.workspace.root, self.request.output, name)
        said = [*map(visible, open_)]
        redline = redline_as_text(edits)
        data = mail_bytes(edits, message, people, name, redline, self.now, said)
        write_whole(path.absolute(), data)
        self.answer["mail"] = str(path)
        self._say([f"Wrote the mail: {visible(str(path))}"])
        whom = ", ".join(to) if to else "the coordinators; write their address into it"
        self._say([f"Open it in your mail program, look at it, and send it to {visible(whom)}."])

    # --- telling ----------------------------------------------------------------------------------

    def _say(self, lines: Iterable[str]) -> None:
        if not self.request.as_json:
            for line in lines:
                click.echo(fitted(line))

    def _end(self) -> int:
        if self.request.as_json:
            say_json(self.answer)
        return 0


_MOST_SHOWN = 10
"""Findings that do not stop a change, of which so many are shown."""
_PROPOSED = "adopted-text-edited"
_SAID_OTHERWISE = (_PROPOSED, "evidence-unanswered")
"""Rules whose way out is not the contributor's, or is asked about right after."""


def _opens(request: str | None, before: str = "") -> Iterable[str]:
    if request:
        words = f"{before}this page opens the request: "
        yield words[0].upper() + words[1:] + visible(request)


def _unfinished(stops: list[Finding], edits: EditedTexts) -> Iterable[str]:
    """Yield what a message has to say about a change that is handed in as a draft."""
    if stops:
        yield f"Not finished: `govkit check` finds {number_of(len(stops), 'mistake')} in the words."
    owing = [each.id for each in edits.owing()]
    if owing:
        yield f"Not answered: whether a duty changes in {', '.join(owing)}."
