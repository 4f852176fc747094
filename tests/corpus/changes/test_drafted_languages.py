"""Languages whose words were drafted and want a native lawyer: what has to be met, and what not."""

import pytest

from govkit.corpus.changes.plain import plain_texts_change
from govkit.corpus.redline.tokens import tokens_of
from govkit.languages.words import protected_lists

Pair = tuple[str, str]
# For each language: force that changed; what is asked about; what is neither.
FORCE: dict[str, list[Pair]] = {
    "de": [
        ("Die Plattform muss antworten.", "Die Plattform soll antworten."),
        ("Die Plattform muss antworten.", "Die Plattform darf nicht antworten."),
        ("Die Plattform speichert die Daten.", "Die Plattform speichert keine Daten."),
        ("Der Nutzer darf antworten.", "Der Nutzer muss antworten."),
    ],
    "pt": [
        ("A plataforma deve responder.", "A plataforma pode responder."),
        ("A plataforma deve vender os dados.", "A plataforma não deve vender os dados."),
        ("O utilizador tem direito a uma cópia.", "O utilizador pede uma cópia."),
    ],
    "it": [
        ("La piattaforma deve rispondere.", "La piattaforma può rispondere."),
        ("La piattaforma deve vendere i dati.", "La piattaforma non deve vendere i dati."),
        ("La piattaforma è tenuta a pagare.", "La piattaforma non è tenuta a pagare."),
    ],
    "nl": [
        ("Het platform moet antwoorden.", "Het platform mag antwoorden."),
        ("Het platform mag gegevens verkopen.", "Het platform mag geen gegevens verkopen."),
        ("Het platform moet betalen.", "Het platform hoeft niet te betalen."),
    ],
    "ru": [
        ("Платформа должна ответить.", "Платформа вправе ответить."),
        ("Платформа обязана ответить.", "Платформа не обязана ответить."),
        ("Платформа может продавать данные.", "Платформа не может продавать данные."),
    ],
    "ar": [
        ("يجوز للمنصة بيع البيانات.", "لا يجوز للمنصة بيع البيانات."),
        ("يجب على المنصة الرد.", "يجوز للمنصة الرد."),
        ("ينبغي للمنصة الرد.", "لا ينبغي للمنصة الرد."),
    ],
    "zh": [
        ("平台应当答复。", "平台可以答复。"),
        ("平台可以出售数据。", "平台不得出售数据。"),
        ("平台有权保留副本。", "平台无权保留副本。"),
    ],
    "hi": [
        ("प्लेटफ़ॉर्म डेटा बेच सकता है।", "प्लेटफ़ॉर्म डेटा नहीं बेच सकता है।"),
        ("प्लेटफ़ॉर्म उत्तर देने के लिए बाध्य है।", "प्लेटफ़ॉर्म उत्तर दे सकता है।"),
    ],
}
ASKED: dict[str, list[Pair]] = {
    "de": [
        ("Sie gilt bis 1. März 2026.", "Sie gilt bis 1. Mai 2026."),
        ("Sie antwortet in dreißig Tagen.", "Sie antwortet in zehn Tagen."),
        ("Alle Nutzer werden gefragt.", "Einige Nutzer werden gefragt."),
        ("Sie haftet für grobe Fahrlässigkeit.", "Sie haftet für leichte Fahrlässigkeit."),
    ],
    "pt": [
        ("no prazo de trinta dias", "no prazo de dez dias"),
        ("todos os utilizadores", "alguns utilizadores"),
        ("até 1 de março de 2026", "até 1 de maio de 2026"),
    ],
    "it": [
        ("entro trenta giorni", "entro dieci giorni"),
        ("tutti gli utenti", "alcuni utenti"),
        ("fino al 1º marzo 2026", "fino al 1º maggio 2026"),
    ],
    "nl": [
        ("binnen dertig dagen", "binnen dertig werkdagen"),
        ("alle gebruikers", "sommige gebruikers"),
        ("op 1 maart 2026", "op 1 mei 2026"),
    ],
    "ru": [
        ("в течение 30 дней", "в течение 30 рабочих дней"),
        ("все пользователи", "некоторые пользователи"),
        ("до 1 марта 2026 года", "до 1 мая 2026 года"),
    ],
    "ar": [("خلال 30 يوما", "خلال 10 أيام"), ("جميع المستخدمين", "بعض المستخدمين")],
    "zh": [
        ("平台在三十日内答复。", "平台在十日内答复。"),
        ("通知所有用户。", "通知部分用户。"),
        ("2026年3月1日之前有效", "2026年5月1日之前有效"),
    ],
    "hi": [
        ("30 दिनों के भीतर", "10 दिनों के भीतर"),
        ("सभी उपयोगकर्ता", "कुछ उपयोगकर्ता"),
        ("1 मार्च 2026 से", "1 मई 2026 से"),
    ],
}
# A comma, an inflection, the same word of force for more than one: class 3, and no question.
SILENT: dict[str, list[Pair]] = {
    "de": [
        ("Die Plattform muss antworten.", "Die Plattformen müssen antworten."),
        ("Namen, Orte, und Zeiten.", "Namen, Orte und Zeiten."),
    ],
    "pt": [("A plataforma deve responder.", "As plataformas devem responder.")],
    "it": [("La piattaforma deve rispondere.", "Le piattaforme devono rispondere.")],
    "nl": [("Het platform moet antwoorden.", "Het platforms moeten antwoorden.")],
    "ru": [("Платформа обязана ответить.", "Платформы обязаны ответить.")],
    "ar": [("يجب على المنصة، الرد.", "يجب على المنصة الرد.")],
    "zh": [("平台应当、答复。", "平台应当，答复。")],
    "hi": [("प्लेटफ़ॉर्म, उत्तर दे सकता है।", "प्लेटफ़ॉर्म उत्तर दे सकता है।")],
}


def _cases(table: dict[str, list[Pair]]) -> list[tuple[str, str, str]]:
    return [(code, *pair) for code, pairs in table.items() for pair in pairs]


@pytest.mark.parametrize(("code", "old", "new"), _cases(FORCE))
def test_another_force_is_class_5(code: str, old: str, new: str) -> None:
    assert plain_texts_change(old, new, code).floor == 5


@pytest.mark.parametrize(("code", "old", "new"), _cases(ASKED))
def test_what_bears_on_a_duty_is_asked_about(code: str, old: str, new: str) -> None:
    change = plain_texts_change(old, new, code)
    assert change.floor >= 3
    assert {each.kind for each in change.evidence} & {
        "number", "date", "quantifier", "effect", "unit",
    }  # fmt: skip


@pytest.mark.parametrize(("code", "old", "new"), _cases(SILENT))
def test_what_bears_on_none_is_not(code: str, old: str, new: str) -> None:
    change = plain_texts_change(old, new, code)
    assert (change.floor, change.evidence) == (3, ())


@pytest.mark.parametrize("code", FORCE)
def test_every_phrase_with_a_force_is_listed_as_one_and_in_one_kind(code: str) -> None:
    lists = protected_lists(code)
    assert lists is not None
    phrases = [phrase for several in lists.words.values() for phrase in several]
    assert len(phrases) == len(set(phrases))
    forces = [phrase for several in lists.forces.values() for phrase in several]
    assert set(forces) <= set(lists.words["modal"])
    assert len(forces) == len(set(forces))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("bis 1. März 2026 gilt", "1. März 2026"),
        ("平台应当在三十日内答复。", "三十日"),
        ("占百分之三十", "百分之三十"),
        ("३० दिनों के भीतर", "३० दिनों"),
        ("30 दिनों के भीतर", "30 दिनों"),
        ("1 मार्च 2026 से", "1 मार्च 2026"),
        ("в течение 30 рабочих дней", "30 рабочих дней"),
        ("até 1 de março de 2026", "1 de março de 2026"),
        ("op 1 maart 2026", "1 maart 2026"),
        ("entro il 1º marzo 2026", "1º marzo 2026"),
        ("خلال 30 يوما", "30 يوما"),
    ],
)
def test_dates_and_numbers_are_whole(text: str, whole: str) -> None:
    assert whole in [token.text for token in tokens_of(text) if token.kind in ("date", "number")]


@pytest.mark.parametrize("text", ["万一发生", "一切用户", "统一规则"])
def test_numerals_inside_a_word_are_no_number(text: str) -> None:
    assert [token.text for token in tokens_of(text) if token.kind == "number"] == []


def test_a_language_without_lists_says_so_and_claims_nothing_below_class_5() -> None:
    change = plain_texts_change("Platforma musi odpowiedzieć.", "Platforma może iść.", "pl")
    assert change.floor == 5
    assert change.reasons[0] == (
        "no words of force are known for `pl`; nothing below class 5 is claimed"
    )
    assert plain_texts_change("a  b", "a b", "pl").floor == 0
