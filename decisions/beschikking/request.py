"""Topics about the application and why it is decided so: `letters/texts/vocabulary/decision.toml` explains each fact."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from decisions import transfers
from decisions.beschikking.case import Case, Topic
from decisions.bibob import GROUND as BIBOB
from decisions.grounds import DEVIATIONS, WRONG_CHANNEL
from grants.applications.asked import items_asked
from grants.applications.letter_topics import day_or_none
from grants.applications.lifecycle.door import act_named
from grants.law.formats import euro, long_date
from grants.law.grounds import GROUNDS, in_words, with_law
from grants.schemes.freedays import count
from letters.content import Block, Items, Paragraph
from letters.texts.values import Gathering

AWB = "Algemene wet bestuursrecht (Awb)"


def case_number(case: Case, to: Gathering) -> None:
    to.fact(case_number=case.application.case_number or str(case.application.id))


def application(case: Case, to: Gathering) -> None:
    asked = case.application
    assert asked.received_on is not None
    to.when(is_complete=asked.complete_on)
    to.fact(
        received_on=long_date(asked.received_on), complete_on=day_or_none(asked.complete_on),
        requested=euro(asked.requested_amount) if asked.requested_amount is not None else "niet genoemd",
    )


def title(case: Case, to: Gathering) -> None:
    to.when(has_title=case.application.title)
    to.fact(title=case.application.title or None)


def amount(case: Case, to: Gathering) -> None:
    to.when(has_amount=case.decision.amount is not None)
    to.fact(amount=euro(case.amount))


def act(case: Case, to: Gathering) -> None:
    to.fact(act_label=act_named(case.decision.act).label.lower())


def motivation(case: Case, to: Gathering) -> None:
    text = case.decision.motivation.strip()
    to.when(has_motivation=text)
    to.fact(motivation=text or None)


def proportionality(case: Case, to: Gathering) -> None:
    text = case.decision.proportionality.strip()
    to.when(has_proportionality=text)
    to.fact(proportionality=text or None)


def ground(case: Case, to: Gathering) -> None:
    text = case.decision.ground_text or case.decision.ground
    to.when(has_ground=text)
    to.fact(ground=text or None)


def basis(case: Case, to: Gathering) -> None:
    by_analogy = case.definition.title_4_2 == "by_analogy"
    articles = _articles(case)
    to.when(is_by_analogy=by_analogy, has_articles=articles)
    to.fact(
        articles=articles or None, scheme_basis="; ".join(found.text for found in case.definition.legal_basis),
        analogy_basis=case.definition.title_4_2_basis if by_analogy else None,
    )


def _articles(case: Case) -> str:
    """The articles that carry this decision: those of its ground where the act can rest on several (Awb 3:47)."""
    name, code = case.decision.act, case.decision.ground
    if name == transfers.CONSENT:
        return case.definition.transfer_basis
    general = f"artikel {act_named(name).article.replace('Awb', AWB)}"
    if code == BIBOB:
        return "artikel 3, eerste lid, Wet Bibob (Wet bevordering integriteitsbeoordelingen door het openbaar bestuur)"
    if name in GROUNDS and code.startswith("4:"):
        also = f"{act_named(name).article.replace(' Awb', '')}, en " if name.startswith("settle_ex_officio") else ""
        return f"artikel {also}{in_words(code)}, {AWB}"
    if name in ("reject", "grant_partly"):
        found = next((g.article for g in case.definition.refusal_grounds if g.code == code), "")
        if found:
            also = f"artikel 4:29 {AWB}, en " if name == "grant_partly" else ""
            return also + found
    return general


def activities(case: Case, to: Gathering) -> None:
    asked = case.application
    what = asked.summary.strip() or asked.title or "zoals in uw aanvraag staat"
    to.when(has_place=asked.municipality)
    to.fact(activities=what.rstrip("."), place=str(asked.municipality) if asked.municipality else None)


def period(case: Case, to: Gathering) -> None:
    start, end = case.application.activity_start, case.application.activity_end
    known = start is not None and end is not None
    to.when(has_period=known)
    to.fact(activity_start=day_or_none(start) if known else None, activity_end=day_or_none(end) if known else None)


def partly(case: Case, to: Gathering) -> None:
    to.when(is_partly=case.decision.act == "grant_partly")


def request(case: Case, to: Gathering) -> None:
    """L04: what was asked, until when, and what is still missing (Awb 4:5(1)); nothing is asked of who took a wrong digital way (4:5(5))."""
    wrong, missing = case.decision.ground == WRONG_CHANNEL, tuple(case.decision.still_missing)
    asked = items_asked(case.application) if not wrong and case.recovery_asked_on and case.recovery_last_day else ()
    has_request = bool(asked and missing)
    some = has_request and missing != asked
    to.when(is_wrong_channel=wrong, has_request=has_request, misses_some=some)
    to.fact(
        recovery_asked_on=day_or_none(case.recovery_asked_on) if has_request else None,
        recovery_last_day=day_or_none(case.recovery_last_day) if has_request else None,
    )
    to.block(
        asked_items=(Items(asked, ordered=True, element="missing_items"),) if has_request else (),
        still_missing=(Items(missing, element="missing_items"),) if some else (),
    )


def view(case: Case, to: Gathering) -> None:
    found = case.view
    spared = found is not None and bool(found.not_required)
    received = found is not None and not spared and found.received_on is not None
    to.when(view_none=found is None, view_spared=spared, view_received=received, view_unanswered=found is not None and not spared and not received)
    if found is not None:
        to.fact(
            view_article=with_law(found.not_required) if spared else None,
            view_received_on=day_or_none(found.received_on) if received else None, view_text=found.text if received else None,
        )


def obligations(case: Case, to: Gathering) -> None:
    code = case.arrangement.code if case.arrangement else ""
    items = tuple(f"{o.text} ({o.source})" for o in case.definition.obligations if not o.arrangements or code in o.arrangements)
    to.when(has_obligations=items)
    to.block(obligations=(Items(items, element="obligations"),) if items else ())


def deviation(case: Case, to: Gathering) -> None:
    """Why the amount is not what the rule comes to: the reader sees the sum, and why it was not followed (Awb 4:84)."""
    text, code = case.decision.deviation.strip(), case.decision.deviation_ground
    to.when(has_deviation=text)
    to.fact(deviation=text or None, deviation_ground=DEVIATIONS.get(code, code) if text else None)


def advices(case: Case, to: Gathering) -> None:
    """What a decision says of an advice that a statutory rule asks: followed, or not and why (Awb 3:49, 3:50). The organisation is named, not the person."""
    found: list[Block] = []
    for advice in case.advices:
        said = case.decision.advice.get(str(advice.pk), {})
        given = long_date(advice.answered_on) if advice.answered_on else ""
        text = f"Wij hebben op {given} advies gekregen van {advice.organisation}. Dat advies is gevraagd op grond van {advice.basis}."
        if said.get("followed") is True:
            text += " Wij volgen dit advies."
        elif said.get("followed") is False:
            text += f" Wij volgen dit advies niet. Dat doen wij om deze reden: {str(said.get('reason', '')).strip()}"
        found.append(Paragraph(text))
    to.when(has_advices=found)
    to.block(advices=tuple(found))


def objection_clause(case: Case, to: Gathering) -> None:
    """Who, within which term, where (Awb 3:45, 6:4 to 6:9)."""
    last = count("OBJECTION_6W", case.day).last_day
    to.fact(
        deciding_body=settings.DECIDING_BODY, postal_address=settings.LETTER_SENDER["postal_address"],
        objection_last_day=long_date(last), objection_post_day=long_date(last + timedelta(weeks=1)),
    )


def transfer(case: Case, to: Gathering) -> None:
    """From whom to whom, when this is the consent to a transfer."""
    consents = case.decision.act == transfers.CONSENT
    found = (transfers.proposed(case.application) or getattr(case.decision, "transfer", None)) if consents else None
    to.when(has_successor=found, is_successor=found is not None and case.recipient is not None)
    to.fact(from_party=str(found.from_applicant) if found else None, to_party=str(found.to_applicant) if found else None)


TOPICS: dict[str, Topic] = {
    "case": case_number,
    "application": application,
    "title": title,
    "amount": amount,
    "act": act,
    "motivation": motivation,
    "proportionality": proportionality,
    "ground": ground,
    "basis": basis,
    "activities": activities,
    "period": period,
    "partly": partly,
    "request": request,
    "view": view,
    "obligations": obligations,
    "deviation": deviation,
    "advices": advices,
    "objection_clause": objection_clause,
    "transfer": transfer,
}
