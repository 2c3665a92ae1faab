"""The parts of the decision letters, each marked with the must-element that it is (domain reference 4.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from decisions import transfers
from decisions.account import account_of
from decisions.beschikking import state_aid
from decisions.beschikking.case import Case
from decisions.bibob import GROUND as BIBOB
from decisions.models import DefaultNotice
from decisions.money import standing
from decisions.paid import due_already, paid_out
from decisions.services.defaulting import TERM_NAMES
from grants.applications.deadlines import OBJECTION
from grants.applications.lifecycle.door import act_named
from grants.kernel.money import ZERO
from grants.law.formats import euro, long_date, masked_iban
from grants.law.grounds import GROUNDS, in_words, with_law
from grants.law.penalty import penalty_amount
from grants.schemes.freedays import count
from grants.schemes.reading import advances_of
from letters.content import Block, Heading, Items, Paragraph, Table

Body = tuple[Block, ...]

METHODS = {
    "fixed": "een vast bedrag. U hoeft de kosten niet te laten zien",
    "actual_costs": "de kosten die u echt hebt gemaakt, met het verleende bedrag als hoogste bedrag",
    "per_unit": "een vast bedrag voor elke prestatie die u hebt geleverd",
    "pro_rata_of_costs": "een vast deel van de kosten die u echt hebt gemaakt",
}


def _application(case: Case) -> Paragraph:
    a = case.application
    complete = f" De aanvraag was compleet op {long_date(a.complete_on)}." if a.complete_on else " De aanvraag was niet compleet."
    assert a.received_on is not None
    return Paragraph(
        f"Wij ontvingen uw aanvraag op {long_date(a.received_on)}.{complete} U vroeg {case.requested}.", element="application"
    )


AWB = "Algemene wet bestuursrecht (Awb)"


def _articles(case: Case) -> str:
    """The articles that carry this decision: those of its ground where the act can rest on several (Awb 3:47)."""
    act, ground = case.decision.act, case.decision.ground
    if act == transfers.CONSENT:
        return case.definition.transfer_basis
    general = f"artikel {act_named(act).article.replace('Awb', AWB)}"
    if ground == BIBOB:
        return "artikel 3, eerste lid, Wet Bibob (Wet bevordering integriteitsbeoordelingen door het openbaar bestuur)"
    if act in GROUNDS and ground.startswith("4:"):
        also = f"{act_named(act).article.replace(' Awb', '')}, en " if act.startswith("settle_ex_officio") else ""
        return f"artikel {also}{in_words(ground)}, {AWB}"
    if act in ("reject", "grant_partly"):
        found = next((g.article for g in case.definition.refusal_grounds if g.code == ground), "")
        if found:
            also = f"artikel 4:29 {AWB}, en " if act == "grant_partly" else ""
            return also + found
    return general


def basis(case: Case) -> Paragraph:
    title = ""
    if case.definition.title_4_2 == "by_analogy":
        title = f" Titel 4.2 Awb geldt hier naar analogie, op grond van: {case.definition.title_4_2_basis}."
    articles = _articles(case)
    rests = f"{articles}, en op " if articles else ""
    return Paragraph(
        f"Dit besluit rust op {rests}{'; '.join(basis.text for basis in case.definition.legal_basis)}.{title}", element="legal_basis",
    )


def motivation(case: Case, default: str) -> Paragraph:
    return Paragraph(case.decision.motivation.strip() or default, element="motivation")


def _activities(case: Case) -> Paragraph:
    a = case.application
    place = f" De activiteit is in {a.municipality}." if a.municipality else ""
    what = a.summary.strip() or a.title or "zoals in uw aanvraag staat"
    return Paragraph(f"De subsidie is voor: {what}.{place}".replace("..", "."), element="activities")


def _period(case: Case) -> Paragraph:
    a = case.application
    if a.activity_start and a.activity_end:
        return Paragraph(f"De activiteit duurt van {long_date(a.activity_start)} tot en met {long_date(a.activity_end)}.", element="period")
    return Paragraph("De periode is die van uw aanvraag.", element="period")


def _calculation(case: Case) -> Block:
    rows = tuple((str(row["label"]), euro(Decimal(str(row["amount"])))) for row in case.decision.calculation)
    if not rows:
        rows = (("Gevraagd", case.requested), ("Toegekend", euro(case.decision.amount or ZERO)))
    return Table("Zo hebben wij het bedrag berekend", ("Onderdeel", "Bedrag"), rows, numeric=frozenset({1}), element="calculation")


def _method(case: Case) -> Paragraph:
    method = METHODS[case.arrangement.settlement_method] if case.arrangement else METHODS["fixed"]
    return Paragraph(f"Bij de vaststelling gaan wij uit van {method}.", element="settlement_method")


def _obligations(case: Case) -> Body:
    code = case.arrangement.code if case.arrangement else ""
    chosen = [o for o in case.definition.obligations if not o.arrangements or code in o.arrangements]
    items = tuple(f"{o.text} ({o.source})" for o in chosen)
    if not items:
        items = ("U voert de activiteit uit zoals in uw aanvraag staat (artikel 4:37 Awb).",)
    return (
        Heading("Wat moet u doen?"),
        Items(items, element="obligations"),
        Paragraph(
            "Verandert er iets? Laat het ons meteen weten. Dat moet bijvoorbeeld als de activiteit niet, later of anders doorgaat.",
            element="notification_duty",
        ),
    )


def _account(case: Case) -> str:
    iban = account_of(case.application)
    return f" op rekening {masked_iban(iban)}" if iban else " op de rekening die u hebt opgegeven"


def _view(case: Case) -> Body:
    view = case.view
    if view is None:
        return ()
    if view.not_required:
        text = f"Wij hebben u vooraf niet om een reactie gevraagd. Dat hoefde niet op grond van {with_law(view.not_required)}."
    elif view.received_on:
        text = f"Wij vroegen u om een reactie (zienswijze). U schreef op {long_date(view.received_on)}: {view.text} In de motivering staat wat wij daarvan vinden."
    else:
        text = "Wij vroegen u om een reactie (zienswijze). Wij hebben geen reactie gekregen."
    return (Paragraph(text, element="view"),)


def _advances_left(case: Case, amount: Decimal) -> Body:
    """After a change: what of the advance is still to come, less what was paid, and from which day."""
    granted_on, paid = case.application.decided_on or case.day, paid_out(case.application)
    left, gone, already = [], paid, due_already(case.application, "advance")
    for number, (weeks, part) in enumerate(advances_of(case.arrangement, amount) if case.arrangement else (), 1):
        used = min(gone, part)
        gone -= used
        if part > used:
            day = max(granted_on + timedelta(weeks=weeks), case.day)
            last = min(already.get(number, date.max), count("PAYMENT_6W", case.day).last_day)
            when = f"vanaf {long_date(day)}" if weeks else f"uiterlijk {long_date(last)}" if last >= case.day else "zo snel mogelijk: wij zijn te laat"
            left.append(f"{euro(part - used)}, {when}.")
    before = f"U kreeg al {euro(paid)}." if paid else "U kreeg nog geen voorschot."
    if not left:
        return (Paragraph(f"{before} U krijgt nu geen nieuw voorschot.", element="advances"),)
    return (Paragraph(f"{before} Dit voorschot komt nog{_account(case)}:", element="advances"), Items(tuple(left), element="advances"))


def too_much(case: Case, keeps: Decimal) -> Body:
    """What was paid above what is left must come back, by a decision of its own (Awb 4:57, 4:86)."""
    over = paid_out(case.application) - keeps
    if over > 0:
        text = (
            f"Wij hebben al {euro(over)} meer betaald dan waar u recht op hebt. Dat moet u terugbetalen. Daarover krijgt u een apart besluit. Daarin staat hoe "
            "en wanneer u betaalt. Betaal nu nog niet."
        )
    else:
        text = "U hoeft geen geld terug te betalen."
    return (Paragraph(text, element="repayment"),)


def _settled_money(case: Case, amount: Decimal) -> Body:
    """What a settlement means for the money, with what was paid: still to come, nothing more, or to pay back."""
    paid = paid_out(case.application)
    if amount > paid:
        before = f"U kreeg al {euro(paid)}. " if paid else ""
        text = f"{before}U krijgt nog {euro(amount - paid)}. Wij betalen dat{_account(case)}, binnen zes weken na deze brief."
    elif amount == paid:
        text = f"U kreeg al {euro(paid)}. U krijgt niets meer." if paid else "Wij hebben niets betaald, en u krijgt niets."
    else:
        text = f"U kreeg al {euro(paid)}. U krijgt niets meer."
    told = Paragraph(text, element="advances")
    return (told, *too_much(case, amount)) if amount <= paid else (told,)


def _advances(case: Case, amount: Decimal) -> Body:
    """What is paid before the settlement, and when (Awb 4:95)."""
    parts = advances_of(case.arrangement, amount) if case.arrangement else ()
    if not parts:
        return (Paragraph("U krijgt geen voorschot. Wij betalen na de vaststelling.", element="advances"),)

    def when(weeks: int) -> str:
        return f"vanaf {weeks} weken na deze brief" if weeks else "binnen zes weken na deze brief"

    if len(parts) == 1:
        return (Paragraph(f"U krijgt een voorschot van {euro(parts[0][1])}{_account(case)}, {when(parts[0][0])}.", element="advances"),)
    return (
        Paragraph(f"U krijgt het voorschot in {len(parts)} delen{_account(case)}:", element="advances"),
        Items(tuple(f"{euro(part)}, {when(weeks)}." for weeks, part in parts), element="advances"),
    )


def _refused_part(case: Case) -> Body:
    """On what the refused part of a partial grant rests (Awb 3:46)."""
    if case.decision.act != "grant_partly" or not case.decision.ground:
        return ()
    return (Paragraph(f"De grond om een deel af te wijzen is: {case.decision.ground_text or case.decision.ground}.", element="motivation"),)


def grant(case: Case) -> Body:
    """L08: verlening, whole or in part (Awb 4:29 to 4:38)."""
    amount = case.decision.amount or ZERO
    partly = case.decision.act == "grant_partly"
    rest = " Voor de rest wijzen wij uw aanvraag af." if partly else ""
    if case.arrangement and case.arrangement.report_required:
        every = case.arrangement.progress_weeks
        progress = f"Tijdens de activiteit laat u elke {every} weken weten hoe het gaat. Dat kan op uw persoonlijke pagina. " if every else ""
        accounting = f"{progress}Na afloop vraagt u de vaststelling aan. U laat dan zien wat u hebt gedaan."
        when = f" Doe dat uiterlijk {case.arrangement.report_weeks} weken na de activiteit. Dat kan op uw persoonlijke pagina."
    else:
        accounting = "U hoeft geen verantwoording te sturen. Wij stellen de subsidie zelf vast na afloop van de activiteit."
        when = " Wij kunnen u wel vragen om te laten zien dat de activiteit is uitgevoerd."
    return (
        Paragraph(f"Wij verlenen u een subsidie van ten hoogste {euro(amount)}.{rest} Verlenen betekent: u krijgt het geld als u doet wat in deze brief staat.", element="decision amount"),
        Heading("Waarom?"),
        _application(case),
        *_refused_part(case),
        motivation(case, "Uw aanvraag voldoet aan de regels en past binnen het subsidieplafond."),
        basis(case),
        *_view(case),
        Heading("Waarvoor is de subsidie?"),
        _activities(case),
        _period(case),
        Heading("Hoe hoog is het bedrag?"),
        _calculation(case),
        _method(case),
        *state_aid.paragraphs(case),
        *_obligations(case),
        Heading("Wanneer krijgt u het geld?"),
        *_advances(case, amount),
        Heading("Hoe legt u verantwoording af?"),
        Paragraph(accounting + when, element="accounting"),
    )


def direct(case: Case) -> Body:
    """L09: direct settlement (Awb 4:42, 4:43)."""
    amount = case.decision.amount or ZERO
    return (
        Paragraph(f"U krijgt een subsidie van {euro(amount)}. Wij stellen die meteen vast.", element="decision amount"),
        Heading("Waarom?"),
        _application(case),
        motivation(case, "Uw aanvraag voldoet aan de regels en past binnen het subsidieplafond."),
        basis(case),
        Heading("Waarvoor is de subsidie?"),
        _activities(case),
        _period(case),
        _calculation(case),
        *state_aid.paragraphs(case),
        *_obligations(case),
        Heading("Wanneer krijgt u het geld?"),
        Paragraph(f"Wij betalen {euro(amount)} in een keer{_account(case)}, binnen zes weken na deze brief.", element="advances"),
        Heading("Hoe legt u verantwoording af?"),
        Paragraph("U hoeft niets te sturen. Wij doen steekproeven. Bewaar daarom iets waarmee u de activiteit kunt laten zien, zoals foto's.", element="accounting"),
    )


def refusal(case: Case) -> Body:
    """L10: refusal (Awb 4:25, 4:35, ASV or the scheme)."""
    return (
        Paragraph(f"Wij wijzen uw aanvraag voor een subsidie af. Het gevraagde bedrag is {case.requested}.", element="decision amount"),
        Heading("Waarom?"),
        _application(case),
        Paragraph(f"De grond voor de afwijzing is: {case.decision.ground_text or case.decision.ground}.", element="motivation"),
        motivation(case, ""),
        basis(case),
        *_view(case),
    )


ENDS = {"Verleende subsidie", "Vaststelling", "Ons besluit"}
"""The first and last rows of a settlement, which its letter says in its own words."""


def _accounted(case: Case) -> tuple[tuple[str, str], ...]:
    """What the recipient accounted for, as rows: costs, units, income."""
    return tuple((str(r["label"]), euro(Decimal(str(r["amount"])))) for r in case.decision.calculation if r["label"] not in ENDS)


def _sum(case: Case, amount: Decimal) -> Body:
    accounted = _accounted(case)
    if not accounted:
        return ()
    rows = (("Verleend", euro(standing(case.application, case.decision.act))), *accounted, ("Vastgesteld", euro(amount)))
    return (Table("Zo hebben wij het bedrag berekend", ("Onderdeel", "Bedrag"), rows, numeric=frozenset({1}), element="calculation"),)


def _compared(case: Case, amount: Decimal) -> str:
    granted = standing(case.application, case.decision.act)
    if amount == granted:
        return " Dat is het bedrag dat wij hadden verleend."
    return f" Wij hadden ten hoogste {euro(granted)} verleend. Het bedrag volgt uit de wijze van vaststelling die in de verlening staat."


def settled(case: Case) -> Body:
    """L16 and L16e: settlement as granted (Awb 4:46(1), 4:47)."""
    amount = case.decision.amount or ZERO
    ex_officio = case.decision.act.startswith("settle_ex_officio")
    blocks: list[Block] = [
        Paragraph(f"Wij stellen uw subsidie vast op {euro(amount)}.{_compared(case, amount)}", element="decision amount"),
    ]
    if ex_officio:
        blocks.append(Paragraph("U hoefde hiervoor geen aanvraag te doen.", element="ex_officio"))
    blocks += [
        Heading("Waarom?"),
        _application(case),
        motivation(case, "U hebt de activiteit uitgevoerd en u hebt gedaan wat in de verlening stond."),
        basis(case),
        _activities(case),
        _period(case),
        _method(case),
        *_sum(case, amount),
        *state_aid.paragraphs(case),
        Heading("Wat krijgt u nog?"),
        *_settled_money(case, amount),
    ]
    return tuple(blocks)


def _reminded(case: Case) -> Body:
    """After a reminder: what was asked, until when, and that nothing came (Awb 4:44(4))."""
    reminder = case.application.deadlines.filter(rule="REPORT_REMINDER").order_by("-id").first()
    if case.decision.act != "settle_ex_officio_after_reminder" or reminder is None:
        return ()
    return (
        Paragraph(
            f"Wij vroegen u op {long_date(reminder.starts_on)} om uw verantwoording. U had tot en met {long_date(reminder.last_day)} de tijd. Wij hebben niets "
            "gekregen. Daarom stellen wij de subsidie zelf vast (artikel 4:44, vierde lid, Awb).", element="missing_items",
        ),
    )


def _own_accord(case: Case) -> Body:
    if case.decision.act != "settle_ex_officio":
        return ()
    return (Paragraph("U hoefde hiervoor geen aanvraag te doen.", element="ex_officio"),)


def lower(case: Case) -> Body:
    """L17 and L18: settlement lower than granted, or at nil (Awb 4:46(2), (3))."""
    granted = standing(case.application, case.decision.act)
    amount = ZERO if case.decision.act == "settle_nil" else (case.decision.amount or ZERO)
    accounted = _accounted(case)
    rows = (("Verleend", euro(granted)), *accounted, ("Vastgesteld", euro(amount)), ("Verschil", euro(granted - amount)))
    return (
        Paragraph(f"Wij stellen uw subsidie vast op {euro(amount)}. Wij hadden {euro(granted)} verleend.", element="decision amount"),
        Heading("Waarom?"),
        _application(case),
        *_reminded(case),
        *_own_accord(case),
        Paragraph(f"De grond is: {case.decision.ground_text or case.decision.ground}.", element="motivation"),
        motivation(case, ""),
        Paragraph(f"Wij hebben gekeken of dit niet te zwaar is voor u. {case.decision.proportionality}", element="motivation"),
        basis(case),
        *_view(case),
        _activities(case),
        _method(case),
        Table("Zo hebben wij het bedrag berekend", ("Onderdeel", "Bedrag"), rows, numeric=frozenset({1}), element="calculation"),
        *state_aid.paragraphs(case),
        Heading("Wat betekent dit voor het geld?"),
        *_settled_money(case, amount),
    )


def general(case: Case) -> Body:
    """The general decision letter, for kinds that get a text of their own later."""
    act = act_named(case.decision.act)
    amount = f" Het bedrag is {euro(case.decision.amount)}." if case.decision.amount is not None else ""
    blocks: list[Block] = [
        Paragraph(f"Wij hebben besloten: {act.label.lower()}.{amount}", element="decision amount"),
        Heading("Waarom?"),
        _application(case),
    ]
    if case.decision.ground:
        blocks.append(Paragraph(f"De grond is: {case.decision.ground_text or case.decision.ground}.", element="motivation"))
    blocks.append(motivation(case, "Wij hebben hiervoor de feiten en de belangen afgewogen."))
    if case.decision.proportionality:
        blocks.append(Paragraph(f"Wij hebben gekeken of dit niet te zwaar is voor u. {case.decision.proportionality}", element="motivation"))
    return (*blocks, basis(case), *_view(case), *state_aid.paragraphs(case))


def penalty(case: Case) -> Body:
    """L22: the penalty for deciding too late (Awb 4:17, 4:18): days, amount per day, sum, to whom and when."""
    notice = DefaultNotice.objects.filter(application=case.application, state="valid").first()
    due = case.decision.amount or ZERO
    days = notice.days_on(case.day) if notice else 0
    received = f" op {long_date(notice.received_on)}" if notice else ""
    late_with = TERM_NAMES.get(notice.term, "uw aanvraag") if notice else "uw aanvraag"
    also = (Paragraph("De regels voor de dwangsom gelden ook voor een beslissing op bezwaar (artikel 7:14 Awb).", element="legal_basis"),)
    rows = []
    if notice is not None:
        for start, end in ((1, 14), (15, 28), (29, 42)):
            counted = max(0, min(days, end) - start + 1)
            if counted:
                upto = penalty_amount(start - 1 + counted, notice_received_on=notice.received_on)
                part = upto - penalty_amount(start - 1, notice_received_on=notice.received_on)
                rows.append((f"Dag {start} tot en met {start - 1 + counted}: {euro(part / counted)} per dag", euro(part)))
    rows.append(("Samen", euro(due)))
    return (
        Paragraph(f"U krijgt van ons een dwangsom van {euro(due)}, omdat wij te laat hebben beslist over {late_with}.", element="decision amount"),
        Heading("Waarom?"),
        _application(case),
        Paragraph(f"U stelde ons{received} in gebreke. Daarna waren wij nog {days} dagen te laat.", element="motivation"),
        motivation(case, ""),
        basis(case),
        *(also if notice and notice.term == OBJECTION else ()),
        Table("Zo hebben wij het bedrag berekend", ("Dagen", "Bedrag"), tuple(rows), numeric=frozenset({1}), element="calculation"),
        Heading("Wanneer krijgt u het geld?"),
        Paragraph(f"Wij betalen {euro(due)}{_account(case)}, binnen zes weken na deze brief.", element="payment"),
    )


WRITERS: dict[str, Callable[[Case], Body]] = {
    "L08": grant,
    "L09": direct,
    "L10": refusal,
    "L16": settled,
    "L16e": settled,
    "L17": lower,
    "L18": lower,
    "L22": penalty,
}
