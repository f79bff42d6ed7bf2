"""Kind *claim*: a question that the sources answer, alike or differently, with our assessment."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Final, Literal

from pydantic import Field

from generator.diagnostics import Diagnostic, Place
from generator.fields import (
    AnyRef,
    Date,
    EntryFields,
    Localized,
    Number,
    Proof,
    Prose,
    Rejects,
    Statement,
    Text,
    WordOf,
    is_rejected,
    model,
)
from generator.kind import Agreement, Entry, Kind

Comparator = Literal["=", "~", ">", "<", ">=", "<="]
Verdict = Literal["agreed", "compatible", "differing", "contradictory"]
_FEWEST: Final = 2  # of fewer none contradicts another


@model
class Value:
    """A number as a source gives it."""

    amount: Number = Field(description="The number, with a decimal point.")
    unit: Annotated[Text, WordOf("units")] = Field(description="Its unit, a unit of the vocabulary.")
    comparator: Comparator = Field(
        "=", description="= exactly, ~ about, > over, < under (almost), >= at least, <= up to."
    )


@model
class Answer:
    """One answer to the question."""

    value: Value | None = Field(None, description="The answer as a number.")
    text: Statement | None = Field(None, description="The answer in words.")
    when: Date | None = Field(None, description="The date or span that the answer speaks of, if the source says so.")
    rank: Annotated[Literal["preferred", "normal", "deprecated"], Rejects("deprecated")] = Field(
        "normal", description="How much we trust it."
    )
    reason: Prose | None = Field(None, description="Why it is preferred or deprecated.")
    evidence: Proof = ()


@model
class Assessment:
    """How the answers stand to each other."""

    verdict: Verdict = Field(description="agreed, compatible, differing or contradictory.")
    text: Prose = Field(description="Why.")


@model
class Claim(EntryFields):
    """A question that the sources answer."""

    question: Localized = Field(description="The question.")
    about: tuple[AnyRef, ...] = Field(min_length=1, description="The entries that the question is about.")
    answers: tuple[Answer, ...] = Field(min_length=1, description="The answers, one per source or origin.")
    assessment: Assessment | None = Field(None, description="How the answers stand to each other.")


def _check(entry: Entry) -> Iterable[Diagnostic]:
    claim: Claim = entry.data
    for index, answer in enumerate(claim.answers):
        place = Place(entry.file, ("answers", index))
        if answer.value is None and answer.text is None:
            yield Diagnostic("missing-key", "the answer has neither “value” nor “text”", place, "add one of them")
        if not answer.evidence and answer.text is None:  # a text without evidence is told like any other
            yield Diagnostic(
                "statement-without-evidence", "nothing shows this answer", place, "add evidence with a quote"
            )
        if answer.rank != "normal" and answer.reason is None:
            yield Diagnostic("missing-key", f"the answer is {answer.rank} without a “reason”", place, "say why")
    values = {(a.value.amount, a.value.unit, a.value.comparator) for a in claim.answers if a.value}
    if len(claim.answers) > 1 and claim.assessment is None:
        message = (
            "the answers are not assessed"
            if len(values) < len(claim.answers)
            else "the answers differ and are not assessed"
        )
        yield Diagnostic(
            "unassessed-difference",
            message,
            Place(entry.file, ("answers",), on_key=True),
            "add “assessment” with a verdict and why",
        )
    if claim.assessment and claim.assessment.verdict == "agreed" and len(values) > 1:
        place = Place(entry.file, ("assessment", "verdict"))
        yield Diagnostic(
            "inconsistent-entry",
            "the verdict is “agreed”, but the values differ",
            place,
            "choose compatible, differing or contradictory",
        )


def _agreement(claim: Claim) -> Agreement | None:
    if claim.assessment is None or claim.assessment.verdict != "agreed":
        return None
    return Agreement(("assessment", "verdict"), tuple(e for answer in claim.answers for e in answer.evidence))


def _sharpness(claim: Claim) -> tuple[int, ...]:
    """Weigh a contradiction by the answers that stand: whether figures differ, how many sources and answers."""
    standing = [answer for answer in claim.answers if not is_rejected(answer)]
    if claim.assessment is None or claim.assessment.verdict != "contradictory" or len(standing) < _FEWEST:
        return ()
    figures = Counter(unit for unit, _ in {(one.value.unit, one.value.amount) for one in standing if one.value})
    sources = {item.source for answer in standing for item in answer.evidence}
    return int(max(figures.values(), default=0) >= _FEWEST), len(sources), len(standing)


KIND: Final = Kind(
    name="claim",
    folder="claims",
    path="claims",
    order=40,
    model=Claim,
    title=lambda claim: claim.question,
    summary=lambda claim: claim.assessment.text if claim.assessment else None,
    agreement=_agreement,
    weight=_sharpness,
    check=_check,
)
