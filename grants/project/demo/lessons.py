"""The lerend netwerk of the demonstration: stories in accounts, published lessons, experts and meetings. Nobody in it exists."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from grants.control.learning.codes import joined
from grants.control.learning.models import Expert, Lesson, Meeting
from grants.control.learning.services.reviewing import Written, save_lesson
from grants.kernel import clock
from grants.kernel.models import User

MADE_UP = "(verzonnen)"
STORIES: dict[str, dict[str, str]] = {
    "report_received": {
        "wat_werkte": "Wij bakten elke week samen met buren van drie straten. Mevrouw Verzonnen van nummer 12 nam steeds iemand mee. Zo kwamen ook mensen die nooit buiten komen.",
        "wat_werkte_niet": "Een uitnodiging in de brievenbus werkte niet. Van de 200 brieven kwamen er 2 mensen.",
        "tip_andere_buurt": "Bel aan bij mensen. Vragen? Mail naar voorbeeld@example.org of bel 045 000 00 00.",
        "delen_toegestaan": "ja",
    },
    "report_incomplete": {
        "wat_werkte": "Een kast met gereedschap die altijd open is. Iedereen brengt terug wat hij leent.",
        "wat_werkte_niet": "De vergunning voor de kast duurde vijf maanden. Drie afdelingen wezen naar elkaar.",
        "tip_andere_buurt": "Vraag de gemeente om een vast persoon. Pip Penning regelde dat bij ons (verzonnen).",
        "delen_toegestaan": "ja",
    },
    "vastgesteld": {
        "wat_werkte": "Jongeren kozen zelf de toestellen voor het veld. Nu ruimen zij het ook zelf op.",
        "wat_werkte_niet": "In de winter is het veld te donker. Daar hadden wij niet aan gedacht.",
        "tip_andere_buurt": "Kijk een avond in november op de plek voordat u begint.",
        "delen_toegestaan": "ja",
    },
}
"""State of a demo case -> what its account tells, with the consent to share it."""

Row = tuple[str, str, str, tuple[str, ...], tuple[str, ...], str, str, str]
LESSONS: tuple[Row, ...] = (
    ("good_practice", "Samen eten brengt nieuwe mensen binnen", "Een keer per maand koken bewoners voor elkaar. Wie niet kan betalen, helpt mee met snijden of afwassen. Na een half jaar komt de helft van de gasten uit straten die eerder nooit meededen.", ("gezondheid", "leren"), ("S3",), "kerkrade-oost", "", ""),
    ("good_practice", "Een bankje is pas af als er iemand zit", "De bankjes staan waar mensen toch al wachten: bij de bushalte en de school. Eerst stonden drie stoelen er een week op proef. Zo koos de buurt zelf de plek.", ("wonen",), ("S5",), "heerlen-noord", "", ""),
    ("good_practice", "Repair café als plek om Nederlands te leren", "Bij elk apparaat zitten twee mensen: een die repareert en een die de taal leert. Praten over een broodrooster is makkelijker dan een les. Wie bleef, gaf later zelf uitleg.", ("leren", "werken"), ("S1",), "", "GM0935", ""),
    ("good_practice", "Jongeren beheren zelf het sportveld", "Acht jongeren hebben de sleutel en maken het rooster. Zij spreken elkaar aan op rommel. Er is in een jaar niets vernield.", ("veiligheid", "gezondheid"), ("S2", "S4"), "donderberg", "", ""),
    ("intervention", "Bel aan in plaats van een brief te sturen", "Twee bewoners bellen samen aan, op een vaste avond. Zij vragen eerst wat iemand zelf nodig heeft. Van elke tien mensen die thuis zijn, doen er drie mee.", ("wonen", "gezondheid"), ("S3",), "geleen-zuid", "", ""),
    ("intervention", "Een vast gezicht bij de gemeente", "Elk plan krijgt een medewerker die alle afdelingen kent. Bewoners bellen een nummer. Een vergunning duurt nu weken in plaats van maanden.", ("wonen",), ("S5",), "vastenavondkamp", "", ""),
    ("intervention", "Wandelen met de wijkverpleegkundige", "Elke donderdag loopt de wijkverpleegkundige een uur mee. Vragen over gezondheid komen vanzelf. Mensen die het spreekuur mijden, lopen wel mee.", ("gezondheid",), ("S4",), "vallisveld", "", ""),
    ("bottleneck", "Verzekering voor vrijwilligers is onduidelijk", "Groepen weten niet of zij verzekerd zijn bij schade aan een gebouw. Elke gemeente regelt dit anders. Daardoor gaan activiteiten soms niet door.", ("wonen", "werken"), ("S3",), "", "", "open"),
    ("bottleneck", "Een bijverdienste kort de uitkering", "Wie een kleine vergoeding krijgt voor werk in de buurt, raakt soms een deel van de uitkering kwijt. Mensen haken daarom af. Een oplossing vraagt om een andere landelijke regel.", ("werken",), ("S1",), "", "", "at_state"),
    ("bottleneck", "Geen stroom op het plein", "Voor elke activiteit was een aggregaat nodig. De gemeente legde een vaste aansluiting aan met een pas. Nu kan iedere groep de stroom gebruiken.", ("wonen",), ("F1",), "reuver-offenbeek", "", "solved"),
    ("question", "Hoe houdt u vrijwilligers na het eerste jaar?", "Veel groepen beginnen met twintig mensen. Na een jaar zijn er vijf over. Wat doet u om mensen te houden?", ("wonen", "leren"), ("S3",), "", "", ""),
    ("question", "Wat werkt tegen eenzaamheid bij jongeren?", "Activiteiten tegen eenzaamheid richten zich vaak op ouderen. Welke aanpak bereikt jongeren van 16 tot 25 jaar?", ("gezondheid",), ("S2",), "pottenberg-nazareth", "", ""),
    ("intervention", "Vrijwilligers kiezen elk half jaar opnieuw", "Elk half jaar vraagt de groep aan iedereen: wat wilt u doen, en hoeveel uur? Stoppen mag zonder reden. Juist daardoor blijven mensen langer.", ("leren",), ("S3",), "", "GM0928", ""),
)
ANSWERED_BY = {12: 10}
"""Place in LESSONS of an answer -> of the question it answers."""


@transaction.atomic
def live_lessons() -> None:
    """Publish the lessons, and fill the pool and the agenda; safe to repeat."""
    if Lesson.objects.filter(is_demo=True).exists():
        return
    officer = User.objects.get(username="beleid")
    made: list[UUID] = []
    for place, (kind, title, text, themes, goals, area, municipality, bottleneck) in enumerate(LESSONS):
        written = Written(
            kind=kind, title=title, text=f"{text} {MADE_UP}", themes=themes, goals=goals, area=area, municipality=municipality, bottleneck_state=bottleneck,
            answers=made[ANSWERED_BY[place]] if place in ANSWERED_BY else None,
        )
        made.append(save_lesson(written=written, by=officer, publish=True, checked=True, is_demo=True).pk)
    _experts(officer)
    _meetings(officer)


def _experts(officer: User) -> None:
    today = clock.today()
    consent: dict[str, Any] = {"consent_on": today, "consent_until": today + timedelta(days=365), "entered_by": officer, "is_demo": True}
    for name, organisation, themes, goals, municipalities, text in (
        ("Gien Groen (verzonnen)", "Stichting Buurttuinen Demo (verzonnen)", ("gezondheid", "wonen"), ("S4", "F1"), (), "Denkt mee over tuinen waar iedereen mag werken."),
        ("Ties Taal (verzonnen)", "Taalhuis Voorbeeld (verzonnen)", ("leren", "werken"), ("S1",), ("GM0917", "GM0928"), "Helpt groepen om mensen te bereiken die moeite hebben met lezen."),
        ("Wies Wijk (verzonnen)", "Woningcorporatie Proef (verzonnen)", ("wonen", "veiligheid"), ("S3", "S5"), ("GM0983",), "Weet hoe u met een corporatie afspraken maakt over een ruimte."),
    ):
        Expert.objects.create(
            name=name, organisation=organisation, email="expert@example.org", themes=joined(themes), goals=joined(goals), municipalities=joined(municipalities),
            text=text, **consent,
        )


def _meetings(officer: User) -> None:
    start = clock.start_of(clock.today())
    common: dict[str, Any] = {"is_published": True, "is_demo": True, "entered_by": officer}
    Meeting.objects.create(
        title="Hoe houdt u vrijwilligers vast? (verzonnen)", starts_at=start + timedelta(days=24, hours=19, minutes=30), ends_at=start + timedelta(days=24, hours=21, minutes=30),
        place="Gemeenschapshuis Voorbeeld, Demoplein 2, Heerlen", programme="19.30 uur: welkom\n20.00 uur: twee verhalen uit een wijk\n20.45 uur: in groepen aan de slag",
        audience="Bewoners en vrijwilligers", capacity=40, **common,
    )
    Meeting.objects.create(
        title="Vragenuur over vergunningen (verzonnen)", starts_at=start + timedelta(days=45, hours=12), ends_at=start + timedelta(days=45, hours=13),
        online_url="https://example.org/bijeenkomst", programme="Een uur om uw vraag te stellen. Een medewerker van een gemeente geeft antwoord.",
        audience="Iedereen met een plan voor de buurt", capacity=100, **common,
    )
