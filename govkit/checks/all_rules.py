"""Every rule, in one explicit tuple: what is not here does not run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govkit.checks import (
    changes,
    force,
    grounds,
    identity,
    parameters,
    reading,
    references,
    shape,
    suppression,
    terms,
)
from govkit.checks.rule import Rule, Scope, rule
from govkit.findings import Finding


def _family(
    name: str, scope: Scope, *generators: Callable[..., Iterator[Finding]], fixed: bool = False
) -> tuple[Rule, ...]:
    return tuple(rule(name, scope, each, may_be_suppressed=not fixed) for each in generators)


RULES: tuple[Rule, ...] = (
    *_family(
        "shape",
        "fault",
        reading.file_too_large,
        reading.not_utf8,
        reading.byte_order_mark,
        reading.control_character,
        reading.hidden_character,
        reading.not_nfc,
        reading.yaml_syntax,
        reading.yaml_feature,
        reading.duplicate_key,
        reading.too_deep,
        reading.too_many_parts,
        reading.not_a_file,
        reading.yml_ending,
        reading.misplaced_file,
        reading.unexpected_file,
        reading.unknown_key,
        reading.missing_key,
        reading.wrong_type,
        reading.unknown_word,
        reading.wrong_value,
        reading.empty_text,
        reading.comment_after_text,
        reading.folded_list,
        reading.schema_line,
        shape.mail_address,
        fixed=True,
    ),
    *_family(
        "shape",
        "document",
        shape.text_grammar,
        shape.confusable_character,
        shape.file_name,
        shape.wrong_folder,
        shape.not_in_charter,
        shape.all_alone,
        shape.required_by_charter,
        fixed=True,
    ),
    *_family("shape", "document", shape.placeholder, shape.typographic_quotes, shape.title_length),
    *_family("identity", "corpus", identity.duplicate_id, fixed=True),
    *_family("identity", "document", identity.duplicate_clause_id, identity.id_form, fixed=True),
    *_family(
        "identity",
        "base",
        identity.id_collision,
        identity.id_reissued,
        identity.id_removed,
        fixed=True,
    ),
    *_family(
        "references",
        "corpus",
        references.unknown_reference,
        references.unknown_clause,
        references.not_reciprocal,
        references.superseding_circle,
        references.listed_twice,
        fixed=True,
    ),
    *_family(
        "references",
        "corpus",
        references.withdrawn_reference,
        references.copied_title,
        references.plain_mention,
        references.less_mature,
        references.orphan,
    ),
    *_family("terms", "corpus", terms.defined_twice, terms.circular_definition, fixed=True),
    *_family("terms", "corpus", terms.unused_term, terms.term_used_once),
    *_family("terms", "document", terms.unmarked_term),
    *_family("force", "document", force.force_against_words, force.more_than_one_force, fixed=True),
    *_family(
        "force",
        "document",
        force.avoided_force_word,
        force.force_in_prose,
        force.vague_time,
        force.and_or,
        force.double_negation,
        force.exception_without_trigger,
    ),
    *_family(
        "parameters",
        "document",
        parameters.undeclared_parameter,
        parameters.unused_parameter,
        parameters.parameter_bounds,
        parameters.parameter_unit,
        fixed=True,
    ),
    *_family("grounds", "corpus", grounds.unused_source, grounds.unverified_source),
    *_family(
        "grounds",
        "document",
        grounds.no_binding_source,
        grounds.case_without_id,
        grounds.undated_living_source,
        grounds.branch_address,
    ),
    *_family(
        "changes",
        "base",
        changes.class_under_floor,
        changes.evidence_unanswered,
        changes.answer_against_class,
        changes.declaration_for_other_words,
        changes.text_and_status,
        fixed=True,
    ),
    *_family("changes", "base", changes.clause_rewritten),
    *_family(
        "suppression",
        "document",
        suppression.suppression_expired,
        suppression.suppression_unknown,
        fixed=True,
    ),
    *_family("suppression", "after", suppression.suppression_unused, fixed=True),
)

BY_SLUG: dict[str, Rule] = {each.slug: each for each in RULES}
