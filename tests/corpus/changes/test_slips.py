"""Slips of the pen by kind: pairs that are provably the same, and their near pairs that never are.

Each kind has both, so that a rule can't be widened without somebody reading what it lets in.
"""

import pytest

from govkit.corpus.changes.plain import plain_texts_change, plain_texts_floor

SLIPS = {
    "a misspelling that a public list has": [
        ("What is obsolet and explictly named.", "What is obsolete and explicitly named."),
        ("a constaint on it", "a constraint on it"),
        ("the propper buid of it", "the proper build of it"),
    ],
    "the only listed word within two steps": [
        ("the obsolecense of it", "the obsolescence of it"),
        ("It acts autononomously.", "It acts autonomously."),
    ],
    "a letter doubled or not": [("when it is emited", "when it is emitted")],
    "a name in code": [
        ("push `target_adress` now", "push `target_address` now"),
        ("`incompatibel_version`", "`incompatible_version`"),
        ("ExxecutionHeader", "ExecutionHeader"),
        ("GAS_DELTA, then GSA_DELTA", "GAS_DELTA, then GAS_DELTA"),
        ("`SELFDESTRUCT` or SELFDESCRUCT", "`SELFDESTRUCT` or SELFDESTRUCT"),
    ],
    "the capitals inside a name": [("kept on Github.", "kept on GitHub.")],
    "an article too many": [
        ("in the our copy", "in our copy"),
        ("our a text of it", "our text of it"),
        ("with a an order", "with an order"),
    ],
    "a or an": [
        ("an hash of it", "a hash of it"),
        ("an unique id", "a unique id"),
        ("an user asks", "a user asks"),
        ("a EIP asks", "an EIP asks"),
        ("an PDF file", "a PDF file"),
        ("a `order` field", "an `order` field"),
        ("an European court", "a European court"),
        ("an one-time fee", "a one-time fee"),
    ],
    "a verb behind a negation": [
        ("It did not exists before.", "It did not exist before."),
        ("They cannot works here.", "They cannot work here."),
        ("It must not ensures it.", "It must not ensure it."),
    ],
    "a plural behind an or every": [
        ("the text of an audits.", "the text of an audit."),
        ("in every cases of it", "in every case of it"),
    ],
    "as follow": [("They are as follow: a, b", "They are as follows: a, b")],
    "another spelling": [
        ("a practise of it", "a practice of it"),
        ("the licence of it", "the license of it"),
        ("the useability of it", "the usability of it"),
        ("a step towards it", "a step toward it"),
    ],
    "a compound": [
        ("a short term plan", "a short-term plan"),
        ("an e-mail to it", "an email to it"),
        ("third-party data", "third party data"),
        ("state of the art tools", "state-of-the-art tools"),
        ("they co-operate here", "they cooperate here"),
    ],
    "a mark of code without its partner": [
        ("They call `act and then wait.", "They call act and then wait.")
    ],
    "a sign of another width": [("It acts\uff1bit tells.", "It acts;it tells.")],
    "a day with a zero or without": [("on 2021-09-2 here", "on 2021-09-02 here")],
}
NEAR = {
    "a misspelling that a public list has": [
        ("an arbitral body", "an arbitrary body"),  # the list takes a word of law for a slip
        ("the transation is over", "the transaction is over"),  # or translation, or transition
        ("It is therefor due.", "It is therefore due."),
        ("the wich of it", "the which of it"),
        ("a constant, or a constaint on it", "a constant, or a constraint on it"),
        ("It is wether due.", "It is whether due."),
        ("It can ony act.", "It can only act."),
        ("The Constaint Act holds.", "The Constraint Act holds."),
        ("a propery, and a propery", "a property, and a propery"),
    ],
    "the only listed word within two steps": [
        ("the recieevers of it", "the receiver of it"),
        ("a subprocessing of it", "a reprocessing of it"),
    ],
    "a letter doubled or not": [
        ("when it is emited", "when it is edited"),
        ("the planed work", "the planned work"),
        ("the filing of it", "the filling of it"),
    ],
    "a name in code": [
        ("push `user_a` or user_b", "push `user_b` or user_b"),
        ("`key_1` and key_2", "`key_2` and key_2"),
        ("num_dequeue, num_dequeued", "num_dequeued, num_dequeued"),
        ("getBalanceOf, getBalancesOf", "getBalancesOf, getBalancesOf"),
        ("max_stake and min_stake", "min_stake and min_stake"),
        ("GSA_DELTA", "GAS_DELTA"),
        ("EDPB and EDPS", "EDPS and EDPS"),
        ("GSA_DELTA, GSA_DELTA, GAS_DELTA", "GSA_DELTA, GAS_DELTA, GAS_DELTA"),
    ],
    "the capitals inside a name": [
        ("The user is told.", "The User is told."),
        ("Must it act.", "MUST it act."),
        ("The subject of it", "The subJect of it"),
    ],
    "an article too many": [
        ("give her the keys", "give her keys"),
        ("call this a breach", "call this breach"),
        ("a the user", "the user"),
        ("all the users", "all users"),
        ("with a an order", "with a order"),
    ],
    "a or an": [
        ("an hour of it", "a hour of it"),
        ("an honest way", "a honest way"),
        ("an unintended act", "a unintended act"),
        ("an FAQ here", "a FAQ here"),
        ("an order", "the order"),
    ],
    "a verb behind a negation": [
        ("What it does affects users.", "What it does affect users."),
        ("It does not serve customs here.", "It does not serve custom here."),
        ("if it is not theirs", "if it is not their"),
    ],
    "a plural behind an or every": [
        ("the payment of a damages.", "the payment of a damage."),
        ("under point a acts in it", "under point a act in it"),
        ("of a sports club", "of a sport club"),
        ("by a means of it", "by a mean of it"),
        ("each works in it", "each work in it"),
        ("of audits.", "of audit."),
    ],
    "as follow": [
        ("such as follow from it", "such as follows from it"),
        ("what they follow: a, b", "what they follows: a, b"),
    ],
    "another spelling": [
        ("an enquiry into it", "an inquiry into it"),
        ("a meter of it", "a metre of it"),
        ("it is while paid", "it is whilst paid"),
    ],
    "a compound": [
        ("small business owners", "small-business owners"),
        ("the first class of users", "the first-class of users"),
        ("a decision making it void", "a decision-making it void"),
        ("fees are up to date", "fees are up-to-date"),
        ("the resign of it", "the re-sign of it"),
        ("a Third Party pays", "a third-party pays"),
    ],
    "a mark of code without its partner": [
        # The mark says that the word itself is meant, and not what it names.
        ("They fill in `data` here and now.", "They fill in data here and now."),
        ("They fill in data here and now.", "They fill in `data` here and now."),
    ],
    "a sign of another width": [("It acts\uff1bit tells.", "It acts,it tells.")],
    "a day with a zero or without": [
        ("on 2021-09-2 here", "on 2021-09-20 here"),
        ("on 2021-1-12 here", "on 2021-11-2 here"),
        ("version 1.1 of it", "version 1.10 of it"),
    ],
}


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_that_was_corrected_is_editorial(kind: str) -> None:
    assert [pair for pair in SLIPS[kind] if plain_texts_floor(*pair, "en") != 1] == []


@pytest.mark.parametrize("kind", NEAR)
def test_what_only_looks_like_one_is_not(kind: str) -> None:
    assert [pair for pair in NEAR[kind] if plain_texts_floor(*pair, "en") < 3] == []


def test_each_kind_of_slip_has_near_pairs() -> None:
    assert SLIPS.keys() == NEAR.keys()


def test_what_bears_on_duties_is_no_slip_beside_one() -> None:
    change = plain_texts_change("an user must pay 5 euro", "a user must pay 6 euro", "en")
    assert (change.floor, [each.span for each in change.evidence]) == (3, ["5 euro -> 6 euro"])


@pytest.mark.parametrize("language", ["fr", "es", "de"])
def test_english_slips_are_none_in_other_languages(language: str) -> None:
    pairs = [SLIPS[kind][0] for kind in ("an article too many", "a or an", "another spelling")]
    assert all(plain_texts_floor(*pair, language) >= 3 for pair in pairs)


def test_a_list_item_may_begin_with_a_link_behind_either_mark() -> None:
    old, new = "* [A copy](x)\n* `act`\n", "- [A copy](x)\n- `act`\n"
    assert plain_texts_floor(old, new, "en") == 0
    assert plain_texts_floor("* 5 % of it", "- 5 % of it", "en") == 3
