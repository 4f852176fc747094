"""The words of one block of a normative text: plain words, and five marks between them."""

from __future__ import annotations

import re
import unicodedata

from govkit.patterns import lazy_regex
from govkit.records.slips import likely_word
from govkit.records.wording import SPACES, Flaw, Run

_REF_TARGET = lazy_regex(r"([A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)((?:\([A-Za-z0-9-]+\))*)")
_SPECIAL = lazy_regex(r"[\\*`\[\]{<&!~]")
_SPECIAL_OR_ADDRESS = lazy_regex(r"[\\*`\[\]{<&!~]|(?<!\w)(?i:https?://|ftp://|mailto:|www\.)")
_ESCAPABLE = frozenset("\\*`[]{}()<>&_#-+.!|~:\"'")
_LINK = lazy_regex(r"\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)", re.DOTALL)
_PLAIN_LINK = lazy_regex(
    r"\[([A-Za-z](?:[A-Za-z0-9-]| (?=[A-Za-z0-9-]))*)\]\(term:([a-z0-9]+(?:-[a-z0-9]+)*)\)"
)
"""A link to a term in plain words, as nearly all are; it goes by a short way."""
_PARAMETER = lazy_regex(r"\{([a-z][a-z0-9_]*)\}")
_BLANK_ELSEWHERE = lazy_regex(
    r"\[(?P<square>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)\]|<(?P<angle>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)>"
)
"""The name of a parameter between other brackets, as other forms write blanks."""
_CODE = lazy_regex(r"`([^`\n]+)`(?!`)")
_EMPHASIS = lazy_regex(r"\*([^*`\[\]{}\\<>]+)\*(?!\*)")
_STRUCK = lazy_regex(r"~(?=\S)[^~]*(?<=\S)~")
_ENTITY = lazy_regex(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_TAG = lazy_regex(r"<[A-Za-z/!?]")
_TERM_SLUG = lazy_regex(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HARD_BREAK = lazy_regex(r"  \n|\\\n")
_DEFINITION = lazy_regex(r"\[(?:[^\[\]\\]|\\.)+\]:", re.DOTALL)
_SOME_SPACE = lazy_regex(f"[{SPACES}]+")
_PLAIN_WORDS = lazy_regex(r"[A-Za-z][A-Za-z0-9 ,.;:'()%/\"-]*")
"""Words that no mark can stand in; most texts and items are such, so they go by a short way."""


def is_plain(text: str, start: int, end: int) -> bool:
    """Say whether this stretch is one run of plain words: no mark, no address, no space to fold."""
    return (
        _PLAIN_WORDS.fullmatch(text, start, end) is not None
        and text[end - 1] != " "
        and text.find("  ", start, end) < 0
        and not _holds_address(text[start:end].lower())
        and (text.find(":", start, end) < 0 or not _holds_target(text[start:end]))
    )


def _holds_address(lowered: str) -> bool:
    return "://" in lowered or "www." in lowered or "mailto:" in lowered


def _holds_target(words: str) -> bool:
    return "term:" in words or "ref:" in words


_TARGET_ALONE = lazy_regex(r"(?<![\w-])(?:term|ref):[A-Za-z0-9][A-Za-z0-9.-]*")
_LINK_IN_BRACES = lazy_regex(r"\{((?:term|ref):[^{}\s]+)\}")
_NEARLY_PARAMETER = lazy_regex(r"\{{1,3}([ \t]*[A-Za-z][A-Za-z0-9_ -]*)\}{1,3}")
_LINK_WITH_SPACES = lazy_regex(
    r"\[([^\[\]\\]+)\]\((\s*(?i:terms?|refs?)\s*:[^()\n]*(?:\([^()\n]*\))*)\)"
)
_LINK_APART = lazy_regex(
    r"\[([^\[\]\\]+)\][ \t\n\u00a0]+\(((?:term|ref):[^()\s]+(?:\([^()\s]*\))*)\)"
)


_A_TARGET = (
    r"(?:term:[a-z0-9]+(?:-[a-z0-9]+)*"
    r"|ref:[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*(?:\([A-Za-z0-9-]+\))*)"
)
_LINK_LAME = lazy_regex(
    rf"\[((?:[^\[\]()\\]|\([A-Za-z0-9-]+\)){{1,200}}?)"
    rf"\]?[ ]?\(?({_A_TARGET})\)?"
)
_TITLE_BEHIND = lazy_regex(r"\s+\"[^\"]*\"\s*$")
"""What HTML shows beside a link, and Markdown writes behind its target."""
_TARGET_BEHIND = lazy_regex(rf"\]\(({_A_TARGET})\)")
_DOUBLE_BRACKETS = lazy_regex(
    r"\[\[([A-Za-z][A-Za-z -]+)\]\]|\[([A-Za-z][A-Za-z -]+)\]\[[a-z0-9-]*\]"
)
"""A link as in a wiki, `[[words]]`, or with its target elsewhere, `[words][target]`."""


def read_words(text: str, start: int, end: int) -> tuple[tuple[Run, ...], list[Flaw]]:
    """Return the runs and the flaws of one block."""
    if is_plain(text, start, end):
        return (Run("text", text[start:end], "", start, end),), []
    inline = Inline(text, start, end)
    return inline.runs(), inline.flaws


def _is_letter(character: str) -> bool:
    """Say whether this is part of a word: a letter, a digit, or a vowel sign of an Indic script."""
    return character.isalnum() or unicodedata.category(character).startswith("M")


class Inline:
    """Reads the words of one block: the stretch `start` to `end` of the text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        # White space at both ends of a block says nothing.
        while start < end and text[start] in SPACES:
            start += 1
        while end > start and text[end - 1] in SPACES:
            end -= 1
        self.text = text
        self.start = start
        self.end = end
        self.flaws: list[Flaw] = []
        self.found: list[Run] = []
        self.pieces: list[str] = []
        self.piece_start = start

    def runs(self) -> tuple[Run, ...]:
        text, at, end = self.text, self.start, self.end
        addressed = _holds_address(text[at:end].lower())
        search = (_SPECIAL_OR_ADDRESS if addressed else _SPECIAL).search
        while special := search(text, at, end):
            self.pieces.append(text[at : special.start()])
            behind = self.special(special.group(), special.start())
            assert behind > special.start()  # else the same sign would be read again and again
            at = behind
        self.pieces.append(text[at:end])
        self.end_text(end)
        broken = text.find("\n", self.start, end) >= 0 and _HARD_BREAK.search(text, self.start, end)
        if broken:
            help = "Delete the spaces or the backslash at the end of the line."
            self.flaw("Markdown would break the line here", help, *broken.span())
        return tuple(self.found)

    def flaw(self, message: str, help: str, start: int, end: int) -> None:
        self.flaws.append(Flaw(message, help, start, end))

    def end_text(self, at: int) -> None:
        words = "".join(self.pieces)
        if "  " in words or "\n" in words or "\t" in words or not words.isascii():
            words = _SOME_SPACE.sub(" ", words)
        if words:
            self.found.append(Run("text", words, "", self.piece_start, at))
        if _holds_target(words):
            self.refuse_targets(self.piece_start, at)
        self.pieces.clear()

    def refuse_targets(self, start: int, end: int) -> None:
        """Find where a link was begun and is none, so that its target would be printed."""
        flawed = {at for flaw in self.flaws for at in range(flaw.start, flaw.end)}
        for found in _TARGET_ALONE.finditer(self.text, start, end):
            if not flawed.intersection(range(found.start() - 2, found.start() + 1)):
                self.flaw("this was to be a link, and is none", _TARGETS, *found.span())

    def add(self, kind: str, words: str, target: str, start: int, end: int) -> int:
        self.end_text(start)
        self.found.append(Run(kind, words, target, start, end))
        self.piece_start = end
        return end

    def literal(self, words: str, end: int) -> int:
        self.pieces.append(words)
        return end

    def special(self, sign: str, at: int) -> int:
        """Read what begins at a special sign; return where to go on."""
        if len(sign) > 1:
            help = "Name the source in `grounds` or `mappings`; this text holds no outside links."
            self.flaw("a web address has no place in this text", help, at, at + len(sign))
            return self.literal(sign, at + len(sign))
        read = _READERS.get(sign)
        return read(self, at) if read else self.literal(sign, at + 1)

    def backslash(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if at + 1 < self.end and following in _ESCAPABLE:
            return self.literal(following, at + 2)
        if at + 1 >= self.end or following != "\n":
            self.flaw("a backslash stands here alone", _BACKSLASH, at, at + 1)
        return self.literal("\\", at + 1)

    def star(self, at: int) -> int:
        found = _EMPHASIS.match(self.text, at, self.end)
        if found and self.stands_apart(found):
            inner = self.plain_words(*found.span(1))
            if inner is not None:
                return self.add("em", inner, "", at, found.end())
            return self.literal(found.group(), found.end())
        if self.text.startswith("**", at):
            help = "Write *words* for emphasis."
            self.flaw("bold print has no place in this text", help, at, at + 2)
            return self.literal("**", at + 2)
        self.flaw(
            "a * stands here alone", "Write \\* for a star, *words* for emphasis.", at, at + 1
        )
        return self.literal("*", at + 1)

    def stands_apart(self, found: re.Match[str]) -> bool:
        """Say whether the stars touch letters inside and none outside: no reader differs then."""
        start, end = found.span()
        before = self.text[start - 1] if start > self.start else " "
        after = self.text[end] if end < self.end else " "
        return (
            _is_letter(found[1][0])
            and _is_letter(found[1][-1])
            and not (_is_letter(before) or before in "*_")
            and not (_is_letter(after) or after == "_")
        )

    def plain_words(self, start: int, end: int) -> str | None:
        """Return the words inside a mark, or None and a flaw where they hold other marks."""
        if is_plain(self.text, start, end):
            return self.text[start:end]
        inner = Inline(self.text, start, end)
        runs = inner.runs()
        self.flaws += inner.flaws
        if any(run.kind != "text" for run in runs):
            help = "Take the other marks out of it."
            self.flaw("the words inside this mark have to be plain words", help, start, end)
        elif not inner.flaws:
            return runs[0].words
        return None

    def tick(self, at: int) -> int:
        found = _CODE.match(self.text, at, self.end)
        if found and found[1] == found[1].strip():
            return self.add("code", found[1], "", at, found.end())
        self.flaw("a ` stands here alone", "Write `words` for code, \\` for the sign.", at, at + 1)
        end = at + 1
        while self.text[end : end + 1] == "`" and end < self.end:
            end += 1
        return self.literal(self.text[at:end], end)

    def bracket(self, at: int) -> int:
        found = _PLAIN_LINK.match(self.text, at, self.end)
        if found:
            return self.add("term", found[1], found[2], at, found.end())
        found = _DEFINITION.match(self.text, at, self.end) if at == self.start else None
        if found:
            help = "Use `grounds` for sources, or write \\[ for the sign."
            self.flaw("a link definition has no place in this text", help, *found.span())
            return self.literal("[", at + 1)
        found = _LINK.match(self.text, at, self.end)
        if found:
            return self.link(found, at)
        apart = _LINK_APART.match(self.text, at, self.end)
        if apart:
            help = f"Write [{apart[1]}]({apart[2]}), with nothing between ] and (."
            self.flaw("a space stands between the two parts of this link", help, *apart.span())
            return self.literal(apart.group(), apart.end())
        spaced = _LINK_WITH_SPACES.match(self.text, at, self.end)
        if spaced:
            likely = _likely_target(_TITLE_BEHIND.sub("", spaced[2]))
            help = f"Write [{spaced[1]}]({likely})." if likely else _TARGETS
            self.flaw(_NO_TARGET, help, at, spaced.end())
            return self.literal(spaced.group(), spaced.end())
        lame = _LINK_LAME.match(self.text, at, self.end)
        if lame:
            help = f"Write [{' '.join(lame[1].split())}]({lame[2]})."
            self.flaw("a bracket of this link is missing", help, *lame.span())
            return self.literal(lame.group(), lame.end())
        opened = _LINK_OPENING.match(self.text, at, self.end)
        if opened:
            self.flaw(_NO_TARGET, _TARGETS, at, opened.end())
            return self.literal(opened.group(), opened.end())
        double = _DOUBLE_BRACKETS.match(self.text, at, self.end)
        if double:
            words = double[1] or double[2]
            slug = words.lower().replace(" ", "-")
            help = f"Write [{words}](term:{slug}) for a link to a term, \\[ for the sign."
            self.flaw("two pairs of brackets make no link", help, *double.span())
            return self.literal(double.group(), double.end())
        return self.blank(at) or self.literal("[", at + 1)

    def blank(self, at: int) -> int:
        """Return where a blank in brackets of another kind ends; 0 where there is none."""
        found = _BLANK_ELSEWHERE.match(self.text, at, self.end)
        if found is None:
            return 0
        help = f"Write {{{found['square'] or found['angle']}}}."
        self.flaw("a parameter stands between { and }", help, *found.span())
        return self.literal(found.group(), found.end())

    def link(self, found: re.Match[str], at: int) -> int:
        words, target = found[1], found[2]
        scheme, _, name = target.partition(":")
        fits = (scheme == "term" and _TERM_SLUG.fullmatch(name)) or (
            scheme == "ref" and _REF_TARGET.fullmatch(name)
        )
        if not fits:
            likely = _likely_target(target)
            help = f"Write [{words}]({likely})." if likely else _TARGETS
            self.flaw(_NO_TARGET, help, at, found.end())
        elif not words.strip(SPACES) or words != words.strip(SPACES):
            help = "Put the words between [ and ], without a space at either end."
            self.flaw(
                "the words of this link are missing, or a space stands beside them",
                help,
                at,
                found.end(),
            )
        else:
            plain = self.plain_words(*found.span(1))
            if plain is not None:
                return self.add(scheme, plain, name, at, found.end())
        return self.literal(found.group(), found.end())

    def closing(self, at: int) -> int:
        target = _TARGET_BEHIND.match(self.text, at, self.end)
        if target:
            help = f"Write [ before the first word of the link to {target[1]}."
            self.flaw("a bracket of this link is missing", help, *target.span())
            return self.literal(target.group(), target.end())
        if self.text.startswith("](", at) and at + 1 < self.end:
            self.flaw(_NO_TARGET, _TARGETS, at, at + 2)
        return self.literal("]", at + 1)

    def brace(self, at: int) -> int:
        found = _PARAMETER.match(self.text, at, self.end)
        if found:
            return self.add("param", "", found[1], at, found.end())
        link = _LINK_IN_BRACES.match(self.text, at, self.end)
        if link:
            help = f"Write ({link[1]}) in place of {{{link[1]}}}."
            self.flaw("this was to be a link, and is none", help, at, link.end())
            return self.literal(link.group(), link.end())
        help = "Write {notice_days} for a parameter, \\{ for the sign."
        named = _NEARLY_PARAMETER.match(self.text, at, self.end)
        if named:
            name = re.sub(r"[\s-]+", "_", named[1].strip().lower())
            help = f"Write {{{name}}}."
            self.flaw("this is no parameter", help, at, named.end())
            return self.literal(named.group(), named.end())
        self.flaw("this is no parameter", help, at, at + 1)
        return self.literal("{", at + 1)

    def less(self, at: int) -> int:
        if end := self.blank(at):
            return end
        if _TAG.match(self.text, at, self.end):
            help = "Write \\< for the sign; use words instead of HTML."
            self.flaw("HTML and addresses in < > have no place in this text", help, at, at + 2)
        return self.literal("<", at + 1)

    def ampersand(self, at: int) -> int:
        found = _ENTITY.match(self.text, at, self.end)
        if found:
            help = "Write the character itself, or \\& for the sign."
            self.flaw(f"Markdown reads {found.group()} as another character", help, *found.span())
        return self.literal("&", at + 1)

    def exclamation(self, at: int) -> int:
        if self.text.startswith("![", at):
            help = "Describe it in words, or write \\! for the sign."
            self.flaw("a picture has no place in this text", help, at, at + 2)
        return self.literal("!", at + 1)

    def tilde(self, at: int) -> int:
        if self.text.startswith("~~", at):
            help = "Delete the words, or write \\~ for the sign."
            self.flaw("Markdown would strike these words out", help, at, at + 2)
            return self.literal("~~", at + 2)
        struck = _STRUCK.match(self.text, at, self.end)
        if struck:
            help = "Write \\~ for the sign."
            self.flaw("some readers would strike these words out", help, *struck.span())
        return self.literal("~", at + 1)


def _likely_target(target: str) -> str:
    """Return the target that was most likely meant, in its form, or an empty text."""
    scheme, colon, name = (part.strip() for part in target.rpartition(":"))
    plain, inside = re.sub(r"\(.*", "", name), re.findall(r"\([A-Za-z0-9-]+\)", name)
    slug = plain if _TERM_SLUG.fullmatch(plain) else likely_word(plain, _TERM_SLUG.fullmatch)
    if scheme.lower() in ("term", "terms", "") and _TERM_SLUG.fullmatch(slug):
        return f"term:{slug}" if colon or plain.islower() else ""
    id = plain if _REF_TARGET.fullmatch(plain) else likely_word(plain, _REF_TARGET.fullmatch)
    if scheme.lower() in ("ref", "refs", "") and _REF_TARGET.fullmatch(id) and "//" not in name:
        return f"ref:{id}{''.join(inside)}"
    return ""


_BACKSLASH = "Write \\\\ for a backslash; between double quotes, \\\\\\\\."
_NO_TARGET = "this link leads nowhere that a text may point to"
_TARGETS = "Write [words](term:slug) or [words](ref:ID), or \\[ for the sign."
_LINK_OPENING = lazy_regex(r"\[(?:[^\[\]\\]|\\.)*\]\(", re.DOTALL)
_READERS = {
    "\\": Inline.backslash,
    "*": Inline.star,
    "`": Inline.tick,
    "[": Inline.bracket,
    "]": Inline.closing,
    "{": Inline.brace,
    "<": Inline.less,
    "&": Inline.ampersand,
    "!": Inline.exclamation,
    "~": Inline.tilde,
}
