"""A policy in plain words. The charter's prose on deciding is printed from here, so that what is
said and what is done can't differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from govkit.records.governance import Charter
from govkit.records.policies import AT_LEAST, Majority, Policy, Quorum

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_SHARES = {"1/2": "half", "1/3": "one third", "2/3": "two thirds", "3/4": "three quarters"}

_EVIDENCE = {
    "E0": "is counted whoever reports it",
    "E1": "is counted once two coordinators have seen what it is recorded from",
    "E1c": "is counted once two coordinators have seen that the member confirmed it by mail",
    "E2": "is counted if two coordinators have seen that it comes from the member's account, or in "
    "a mail that their domain signed",
    "E3": "is counted only with the member's own signature",
}


def policy_in_words(policy: Policy, groups: Mapping[str, str] | None = None) -> str:
    """Return a policy as prose: paragraphs of short sentences, with a blank line between.

    `groups` gives the printed name of each stakeholder group, as the charter has it.
    """
    names = groups or {}
    paragraphs = (_time(policy), _needed(policy, names), _objections(policy), _rest(policy, names))
    return "\n\n".join(" ".join(sentences) for each in paragraphs if (sentences := [*each])) + "\n"


def needed_in_words(policy: Policy, groups: Mapping[str, str] | None = None) -> str:
    """Return in sentences what a policy asks for before a text is adopted."""
    return " ".join(_needed(policy, groups or {}))


def deciding_in_words(charter: Charter, policies: Mapping[str, Policy]) -> str:
    """Return the prose of a charter on deciding: what each of its policies says, in plain words.

    It is made from the policies, so that what is said and what is done can't differ. Policies that
    say the same share one passage. `policies` gives those that can be read, by their names.
    """
    passages: dict[str, list[str]] = {}
    for name, each in charter.policies.items():
        policy = policies.get(name)
        words = policy_in_words(policy, charter.groups) if policy else NOT_READABLE
        passages.setdefault(words, []).append(f"{name} ({_classes(each.classes)})")
    return "\n".join(
        f"How a change is decided by the {'policy' if len(names) == 1 else 'policies'} "
        f"{_listed(names)}:\n\n{words}"
        for words, names in passages.items()
    )


NOT_READABLE = "There is no such policy that can be read.\n"


def _classes(classes: Iterable[int]) -> str:
    several = [str(each) for each in sorted(classes)]
    if not several:
        return "no class"
    return f"class {several[0]}" if len(several) == 1 else f"classes {_listed(several)}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _time(policy: Policy) -> Iterator[str]:
    periods = policy.periods
    yield (
        f"The words are announced to everybody, and comments are open for at least "
        f"{period_in_words(periods.comment)}."
    )
    if policy.restart.comment == "on-new-revision":
        yield "A new revision opens a new time for comments."
    yield "Every comment receives an answer."
    yield (
        f"A last call of at least {period_in_words(periods.last_call)} follows. It is never closed "
        "early."
    )
    if policy.remind:
        days = _listed([str(each) for each in sorted({*policy.remind}, reverse=True)])
        last = "day" if min(policy.remind) == 1 else "days"
        yield f"Who has not been heard is reminded {days} {last} before it ends, and no more often."
    yield (
        "What came in time is still taken in during the "
        f"{period_in_words(periods.intake)} after the close."
    )
    yield (f"A proposal that nobody takes further for {period_in_words(periods.lapse)} has lapsed.")


def _needed(policy: Policy, names: Mapping[str, str]) -> Iterator[str]:
    asked = [*_consents(policy, names), *_majorities(policy, names)]
    if policy.quorum is not None:
        asked.append(_quorum(policy.quorum))
    if policy.endorsers.count > 0:
        asked.append(_endorsers(policy))
    yield "Those who were members when the revision was opened take part."
    if asked:
        yield "The text is adopted if " + "; if ".join(asked) + ", and if no objection blocks it."
    else:
        yield "The text is adopted if no objection blocks it."


def _consents(policy: Policy, names: Mapping[str, str]) -> Iterator[str]:
    asked = policy.consents
    at_least = asked.groups.get(AT_LEAST, 0)
    if asked.total > 0:
        where = f", from at least {_count(at_least, 'stakeholder group')}" if at_least > 1 else ""
        says = "consents" if asked.total == 1 else "consent"
        yield f"at least {_count(asked.total, 'member')} {says}{where}"
    elif at_least > 0:
        yield f"members from at least {_count(at_least, 'stakeholder group')} consent"
    for group, number in asked.groups.items():
        if group != AT_LEAST and number > 0:
            says = "consents" if number == 1 else "consent"
            yield f"at least {_count(number, 'member')} of {_name(group, names)} {says}"


def _majorities(policy: Policy, names: Mapping[str, str]) -> Iterator[str]:
    for group, asked in (policy.majority or {}).items():
        where = f" of {_name(group, names)}"
        yield f"{_share(asked)} of the votes cast{where} are in favour"
        if asked.min_yes > 0:
            yield f"at least {_count(asked.min_yes, 'member')}{where} votes in favour"


def _share(asked: Majority | Quorum) -> str:
    share = asked.more_than or asked.at_least or "1/1"
    said = "all" if Fraction(share) == 1 else _SHARES.get(share, share)
    return f"{'more than' if asked.more_than else 'at least'} {said}"


def _quorum(asked: Quorum) -> str:
    if asked.of == "roll":
        return f"{_share(asked)} of the members take part"
    return (
        f"{_share(asked)} of the active members take part, as many being active as came on average "
        f"to the last {_count(asked.active.meetings, 'meeting')}"
    )


def _endorsers(policy: Policy) -> str:
    asked = policy.endorsers
    other = " from other organisations" if asked.other_than == "proposer-organisation" else ""
    verb = "stands" if asked.count == 1 else "stand"
    return f"{_count(asked.count, 'member')}{other} {verb} behind the proposal beside its author"


def _objections(policy: Policy) -> Iterator[str]:
    rule = policy.objection
    yield "An objection blocks until it is withdrawn or answered to its author's satisfaction."
    yield {
        "block": "If it is answered and its author is not satisfied, it goes on blocking.",
        "escalate": "If it is answered and its author is not satisfied, two coordinators may, with "
        "reasons, pass it to the body that the charter names. That body upholds or dismisses it; "
        "until then it blocks. A dismissed objection is printed with the text as dissent.",
        "adopt-with-dissent": "If it is answered and its author is not satisfied, the text may be "
        "adopted, and the dissent is printed with it.",
    }[rule.unresolved]
    yield (
        "An objection without a reason is asked for one, and stops blocking after "
        f"{period_in_words(rule.reason_grace)}; it stays published."
    )


def _rest(policy: Policy, names: Mapping[str, str]) -> Iterator[str]:
    if policy.silence == "no-objection":
        yield "Silence is printed as what it is: how many were heard, and that nobody objected."
    else:
        yield "Silence is not consent."
        yield 'A stakeholder group that said nothing is printed as "not heard".'
    if policy.cap is not None:
        votes = "one voice" if policy.cap.votes == 1 else f"{_number(policy.cap.votes)} voices"
        yield f"One organisation has {votes}, whoever speaks for it."
    yield f"A consent {_EVIDENCE[policy.min_evidence.consent]}."
    yield f"An objection {_EVIDENCE[policy.min_evidence.object]}."
    if policy.editorial.carry:
        yield (
            "A consent holds over an editorial edit, unless a member says within "
            f"{period_in_words(policy.editorial.challenge)} that the edit changes the meaning."
        )
    if policy.vacant_group == "escalate":
        yield ("Where a group has too few members, two coordinators may waive this, with reasons.")
    else:
        yield "Where a group has too few members, nothing can be adopted."


def period_in_words(period: str) -> str:
    """Return a period as words, as `14 days` or `one month`."""
    found = re.fullmatch(r"P([0-9]+)([DWMY])", period)
    assert found, period
    return _count(int(found[1]), _UNITS[found[2]])


def _count(number: int, what: str) -> str:
    return f"{_number(number)} {what}{'' if number == 1 else 's'}"


def _number(number: int) -> str:
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def _name(group: str, names: Mapping[str, str]) -> str:
    return names.get(group, group.replace("-", " "))
