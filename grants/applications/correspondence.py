"""The plain letters of a case: receipts, requests and reminders. None of them is a decision (Awb 6:3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from grants.applications.letterhead import letter_for, to_portal
from grants.applications.models import Application
from grants.kernel.models import Event
from grants.law.formats import euro, long_date
from letters.content import Block, Facts, Heading, Items, Letter, Paragraph
from letters.services import order_letter

Body = tuple[Block, ...]


def receipt(application: Application, event: Event, day: date, warnings: tuple[str, ...]) -> None:
    """L01: at once after receipt, with the number, the time and the day on which we decide at the latest."""
    send_plain(application, event, "L01", day, warnings=warnings)


def send_plain(application: Application, event: Event, kind: str, day: date, **facts: Any) -> None:
    """Order the plain letter of this kind. It is sent on paper unless the applicant chose digital post (Awb 2:8)."""
    order_letter(
        chain=application.chain,
        event_id=event.id,
        letter=plain_letter(application, kind, day, **facts),
        portal_allowed=to_portal(application),
    )


def plain_letter(application: Application, kind: str, day: date, **facts: Any) -> Letter:
    """The letter of this kind for this case on this day."""
    subject, write = _WRITERS[kind]
    return letter_for(application, kind, f"{subject} {application.case_number}", day, write(application, day, facts))


def _documents(application: Application) -> Block:
    names = tuple(application.documents.values_list("filename", flat=True))
    if names:
        return Items(names, element="documents")
    return Paragraph("U hebt geen bestanden meegestuurd.", element="documents")


def _term(application: Application) -> Paragraph:
    due = application.decision_due_on
    if due is None:
        return Paragraph("Wij beslissen zodra uw aanvraag compleet is. U krijgt dan een brief met de datum.", element="decision_term")
    return Paragraph(f"U krijgt uiterlijk {long_date(due)} een besluit van ons.", element="decision_term")


def _entered() -> Paragraph:
    return Paragraph("Alles wat u hebt ingevuld, staat op uw persoonlijke pagina bij deze zaak. U kunt het daar lezen en bewaren.", element="entered_data")


def _l01(application: Application, day: date, facts: dict[str, Any]) -> Body:
    moment = application.received_at
    assert moment is not None
    from grants.kernel.clock import AMSTERDAM

    local = moment.astimezone(AMSTERDAM)
    rows = [
        ("Ontvangen op", f"{long_date(local.date())} om {local:%H.%M} uur"),
        ("Manier", str(application.get_origin_display())),
        ("Zaaknummer", application.case_number or ""),
        ("Regeling", application.scheme.title),
        ("Titel", application.title or "niet ingevuld"),
    ]
    if application.requested_amount is not None:
        rows.append(("Gevraagd bedrag", euro(application.requested_amount)))
    body: list[Block] = [
        Paragraph("Wij hebben uw aanvraag ontvangen. Dank u wel."),
        Facts(tuple(rows), element="received"),
        Heading("Welke bestanden hebben wij gekregen?"),
        _documents(application),
        Heading("Wanneer hoort u van ons?"),
        _term(application),
        Paragraph("Wij kijken eerst of uw aanvraag compleet is. Missen wij iets, dan vragen wij u dat aan te vullen.", element="next_steps"),
    ]
    if facts.get("warnings"):
        body += [Heading("Wat viel ons op?"), Paragraph("Deze punten zijn misschien nog niet goed. U hoeft nu niets te doen."), Items(facts["warnings"])]
    body += [
        Heading("Wilt u stoppen?"),
        Paragraph("U kunt uw aanvraag intrekken zolang wij nog niet hebben besloten. Dat kan op uw persoonlijke pagina of met een brief.", element="withdraw"),
        _entered(),
    ]
    return tuple(body)


def _l01b(application: Application, day: date, facts: dict[str, Any]) -> Body:
    return (
        Paragraph(f"Wij hebben op {long_date(day)} uw aanvulling ontvangen. Dank u wel.", element="received"),
        _documents(application),
        _term(application),
        Paragraph("Wij kijken nu of uw aanvraag compleet is.", element="next_steps"),
        _entered(),
    )


def _l01c(application: Application, day: date, facts: dict[str, Any]) -> Body:
    return (
        Paragraph(f"Wij hebben op {long_date(day)} uw bericht over de voortgang ontvangen.", element="received"),
        _documents(application),
        Paragraph("Hebben wij vragen, dan nemen wij contact met u op.", element="next_steps"),
    )


def _l01d(application: Application, day: date, facts: dict[str, Any]) -> Body:
    term = application.deadlines.filter(rule="SETTLEMENT").order_by("-id").first()
    until = f"U krijgt uiterlijk {long_date(term.last_day)} een besluit over de vaststelling." if term else "U krijgt een besluit over de vaststelling."
    return (
        Paragraph(f"Wij hebben op {long_date(day)} uw verantwoording ontvangen. Dank u wel.", element="received"),
        _documents(application),
        Paragraph(until, element="decision_term"),
        Paragraph("Wij lezen uw verantwoording en nemen daarna een besluit.", element="next_steps"),
        _entered(),
    )


def _l02(application: Application, day: date, facts: dict[str, Any]) -> Body:
    return (
        Paragraph("Wij hebben uw aanvraag ontvangen. Een andere overheid gaat hierover.", element="received"),
        Paragraph(f"Wij hebben uw aanvraag daarom doorgestuurd: {facts['reason']}", element="forwarded_to"),
        Paragraph("Die overheid neemt contact met u op. U hoeft nu niets te doen.", element="next_steps"),
    )


def _l03(application: Application, day: date, facts: dict[str, Any]) -> Body:
    last = long_date(facts["last_day"])
    return (
        Paragraph("Uw aanvraag is nog niet compleet. Wij vragen u om deze punten aan te vullen."),
        Heading("Wat ontbreekt er?"),
        Items(tuple(facts["items"]), ordered=True, element="missing_items"),
        Heading("Wat moet u doen?"),
        Paragraph(f"Stuur de aanvulling uiterlijk {last}. Dat kan op uw persoonlijke pagina of per post naar ons postadres.", element="response_date"),
        Heading("Wat betekent dit voor u?"),
        Paragraph("De termijn waarin wij beslissen, staat stil vanaf morgen. De termijn loopt verder als uw aanvulling binnen is of als de tijd om is.", element="suspension"),
        Paragraph("Krijgen wij niets van u? Dan kunnen wij besluiten om uw aanvraag niet te behandelen (artikel 4:5 Algemene wet bestuursrecht).", element="consequence"),
        Paragraph("De dag waarop uw aanvraag compleet is, bepaalt uw plaats in de volgorde.", element="queue_effect"),
    )


def _l03b(application: Application, day: date, facts: dict[str, Any]) -> Body:
    return (
        Paragraph("Uw verantwoording is nog niet compleet. Wij vragen u om deze punten aan te vullen."),
        Items(tuple(facts["items"]), ordered=True, element="missing_items"),
        Paragraph(f"Stuur de aanvulling uiterlijk {long_date(facts['last_day'])}. Dat kan op uw persoonlijke pagina of per post.", element="response_date"),
        Paragraph("Krijgen wij niets van u? Dan beslissen wij op wat wij wel hebben. Het bedrag kan dan lager worden.", element="consequence"),
    )


def _l05(application: Application, day: date, facts: dict[str, Any]) -> Body:
    return (
        Paragraph(f"Op {long_date(day)} hebt u uw aanvraag ingetrokken.", element="received"),
        Paragraph("Wij stoppen met de behandeling. U krijgt geen besluit. U mag later een nieuwe aanvraag doen.", element="outcome"),
    )


def _l06(application: Application, day: date, facts: dict[str, Any]) -> Body:
    due = long_date(facts["before"]) if facts["before"] else "nog niet bekend"
    until, since = facts["until"], facts.get("since")
    if since is not None and until is None:
        end = f"De termijn staat stil vanaf {long_date(since)}. Loopt hij weer, dan schrijven wij u op welke dag het besluit er uiterlijk is."
    else:
        end = f"U krijgt het besluit uiterlijk op {long_date(until)}."
    if since is not None:
        status = "De termijn staat stil volgens artikel 4:15 van de Algemene wet bestuursrecht of artikel 31 van de Wet Bibob. Die dagen tellen niet mee."
    elif facts["formal"]:
        status = "Dit is een formele verlenging van de termijn. De subsidieverordening of de regeling geeft ons dat recht."
    else:
        status = "Deze brief is alleen een bericht. De wettelijke termijn wordt er niet langer door."
    return (
        Paragraph(f"U zou uiterlijk op deze datum een besluit krijgen: {due}.", element="present_end"),
        Paragraph(f"Dat wordt anders. {facts['reason']}", element="delay_reason"),
        Paragraph(end, element="new_end"),
        Paragraph(status, element="delay_status"),
        Paragraph("Is de termijn voorbij? Dan mag u ons een brief sturen waarin u ons in gebreke stelt. Twee weken daarna kan een dwangsom gaan lopen.", element="default_right"),
    )


def _l12(application: Application, day: date, facts: dict[str, Any]) -> Body:
    return (
        Paragraph(f"Wij hebben op {long_date(day)} uw melding ontvangen: {facts['reason']}", element="received"),
        Paragraph("Wij kijken of dit iets verandert aan uw subsidie. Is dat zo, dan krijgt u een besluit.", element="next_steps"),
    )


def _l15(application: Application, day: date, facts: dict[str, Any]) -> Body:
    due = long_date(application.report_due_on) if application.report_due_on else "de afgesproken datum"
    return (
        Paragraph("Wij hebben uw verantwoording nog niet ontvangen. Daarin laat u zien wat u met de subsidie hebt gedaan.", element="report_due"),
        Paragraph(f"U moest de verantwoording uiterlijk {due} sturen.", element="original_date"),
        Paragraph(f"U krijgt nog tijd tot en met {long_date(facts['last_day'])} (artikel 4:44, derde lid, Algemene wet bestuursrecht).", element="new_term"),
        Paragraph("Krijgen wij ook dan niets van u? Dan stellen wij de subsidie zelf vast. Het bedrag kan lager worden of nul. U moet dan misschien geld terugbetalen.", element="consequence"),
    )


def _l07(application: Application, day: date, facts: dict[str, Any]) -> Body:
    return (
        Paragraph(f"Wij zijn van plan om dit te besluiten: {facts['intended']}.", element="intended_decision"),
        Paragraph(f"Dit zijn de feiten waarop wij dat baseren: {facts['reason']}", element="facts"),
        Paragraph(
            f"U kunt hierop reageren. Dat heet een zienswijze. Dat kan tot en met {long_date(facts['last_day'])}, met een brief, op uw "
            "persoonlijke pagina of in een gesprek. U kiest zelf.",
            element="how_to_respond",
        ),
    )


def _l21(application: Application, day: date, facts: dict[str, Any]) -> Body:
    if facts["problem"]:
        start = facts["problem"]
    else:
        start = (
            f"Nemen wij niet eerder een besluit? Dan krijgt u een dwangsom voor elke dag vanaf {long_date(facts['first_day'])}, "
            "ten hoogste 42 dagen (artikel 4:17 Algemene wet bestuursrecht)."
        )
    return (
        Paragraph(f"Wij hebben op {long_date(facts['received_on'])} uw brief ontvangen waarin u ons in gebreke stelt. U vindt dat wij te laat zijn.", element="received"),
        Paragraph(f"Uw brief gaat over {facts['concerns']} (zaak {application.case_number}).", element="decision_concerned"),
        Paragraph(start, element="penalty_start"),
    )


_WRITERS: dict[str, tuple[str, Callable[[Application, date, dict[str, Any]], Body]]] = {
    "L01": ("Wij hebben uw aanvraag ontvangen:", _l01),
    "L01b": ("Wij hebben uw aanvulling ontvangen:", _l01b),
    "L01c": ("Wij hebben uw bericht over de voortgang ontvangen:", _l01c),
    "L01d": ("Wij hebben uw verantwoording ontvangen:", _l01d),
    "L02": ("Wij hebben uw aanvraag doorgestuurd:", _l02),
    "L03": ("Vul uw aanvraag aan:", _l03),
    "L03b": ("Vul uw verantwoording aan:", _l03b),
    "L05": ("U hebt uw aanvraag ingetrokken:", _l05),
    "L06": ("U krijgt het besluit later:", _l06),
    "L07": ("U kunt reageren op ons voornemen:", _l07),
    "L12": ("Wij hebben uw melding ontvangen:", _l12),
    "L21": ("Uw ingebrekestelling:", _l21),
    "L15": ("Stuur uw verantwoording:", _l15),
}
