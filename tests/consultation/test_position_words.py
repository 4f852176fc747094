"""Prose that reads like a position is seen, and is never more than a reason to ask."""

from __future__ import annotations

import pytest

from govkit.consultation.position_words import reads_like_a_position

FOR = (
    "I support this.",
    "+1",
    "+1 to revision 2",
    "We fully support the text.",
    "I agree.",
    "We consent to both texts.",
    "I am in favour of it.",
    "No objection from us.",
    "We have no objections.",
    "It has my full support.",
    "Our board approves the draft.",
    "I can live with it.",
    "LGTM",
    "Count us in!",
    "We’re happy with the draft.",
    "I don't object.",
    "I vote yes.",
    "We\nsupport\nthis.",
    "Je soutiens ce texte.",
    "Nous sommes tout à fait d’accord.",
    "Je n’ai pas d’objection.",
    "J'approuve la proposition.",
    "Je suis pour.",
    "Apoyo la propuesta.",
    "Estamos de acuerdo con el texto.",
    "No tengo ninguna objeción.",
    "Apoyamos esta revisión.",
)
AGAINST = (
    "I object.",
    "We strongly oppose this.",
    "I am not happy.",
    "Not happy with this clause.",
    "We can't support this.",
    "I cannot accept this text.",
    "We do not agree.",
    "-1",
    "I vote no.",
    "Je m’oppose à ce texte.",
    "Nous ne sommes pas d'accord.",
    "Je suis contre.",
    "Me opongo.",
    "Estamos en contra.",
    "No estoy de acuerdo.",
)
CONDITIONAL = (
    "We consent if the week becomes ten days.",
    "I support this, provided that clause (c) goes.",
    "We agree as long as the reasons are given.",
    "I can live with it unless the week is cut.",
    "Nous sommes d'accord à condition que le délai soit de dix jours.",
    "Je soutiens le texte si le délai reste.",
    "Estamos de acuerdo siempre que el plazo sea de diez días.",
)
FOR_ANOTHER = (
    "On behalf of Example Market, thank you. We agree.",
    "I write on behalf of my union.",
    "We support this on behalf of three groups.",
    "Au nom de l'association, merci.",
    "Je vous écris au nom de notre groupe.",
    "J’écris au nom du comité.",
    "En nombre de la asociación, gracias.",
)
NEITHER = (
    "Who pays for the week?",
    "The support team must answer within a day.",
    "The platform must not object to a complaint.",
    "A notice sent on behalf of the user counts.",
    "A notice that somebody sends\non behalf of the user counts.",
    "Call +1 555 0100.",
    "The number of days is 10-1, so nine.",
    "Users consent to the terms when they join.",
    "Whoever objects has to say why.",
    "“I support this” is what a user would write.",
    "> I support this.\n> +1\nWho wrote that?",
    '"We object" is not enough as a reason.',
    "Le service de soutien répond en un jour.",
    "El apoyo de la plataforma es necesario.",
    "We agree that a week is short; ten days would be better.",
    "Temperature +10 or -15.",
    "",
)


@pytest.mark.parametrize("words", FOR)
def test_words_in_favour(words: str) -> None:
    found = reads_like_a_position(words)
    assert found is not None
    assert (found.meaning, found.conditional) == ("for", False)


@pytest.mark.parametrize("words", AGAINST)
def test_words_against(words: str) -> None:
    found = reads_like_a_position(words)
    assert found is not None
    assert found.meaning == "against"


@pytest.mark.parametrize("words", CONDITIONAL)
def test_words_with_a_condition(words: str) -> None:
    found = reads_like_a_position(words)
    assert found is not None
    assert (found.meaning, found.conditional) == ("for", True)


@pytest.mark.parametrize("words", FOR_ANOTHER)
def test_words_in_the_name_of_another(words: str) -> None:
    found = reads_like_a_position(words)
    assert found is not None
    assert found.meaning == "for another"


@pytest.mark.parametrize("words", NEITHER)
def test_words_that_are_no_position(words: str) -> None:
    assert reads_like_a_position(words) is None


def test_the_sentence_is_given_back_in_the_authors_own_words() -> None:
    text = "Thank you.\n\nI say: we, all of us, work on it. We  fully\nsupport it! Hm"
    found = reads_like_a_position(text)
    assert found is not None
    assert found.words == "We fully support it!"
