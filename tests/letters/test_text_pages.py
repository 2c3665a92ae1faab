"""The editor: without JavaScript every button works, nothing typed is lost, and only who manages a text gets to it."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.kernel import clock, outbox
from grants.kernel.models import AccessLog, RoleAssignment, User
from letters.models import Letter, LetterTemplate
from letters.texts import services
from letters.texts.fitting import unfit
from letters.texts.shipped import shipped
from letters.texts.template import Part, Template

pytestmark = pytest.mark.django_db
BASE = "/beheer/brieven"


def visitor(name="regelingbeheer"):
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def words(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def draft_of(kind="L01", scheme="", name="regelingbeheer"):
    return services.start_draft(kind=kind, scheme=scheme, author=User.objects.get(username=name))


def typed(draft, act="save", **texts):
    """What the browser sends: every row, some with another text."""
    parts = services.whole_of(draft, left_out=True).parts
    data = {"rows": len(parts), "act": act, "note": "Korter.", "seen": draft.changed_at.isoformat()}
    for place, part in enumerate(parts):
        data |= {
            f"name-{place}": part.name, f"known-{place}": "1", f"text-{place}": texts.get(part.name, part.text), f"form-{place}": str(part.form),
            f"when-{place}": ", ".join(part.when), f"elements-{place}": " ".join(part.elements),
        }
    return data


def edit(draft):
    return f"{BASE}/versie/{draft.pk}/bewerken/"


def test_every_kind_is_in_the_list_and_has_a_page_with_what_it_must_say(world):
    page = words(visitor().get(f"{BASE}/"))
    assert "L08 Verleningsbeschikking" in page and "L31 Betaalspecificatie" in page
    page = words(visitor().get(f"{BASE}/L08/"))
    assert "rechtsmiddelenclausule" in page and "De tekst bij de software (versie 1) geldt" in page
    assert visitor().get(f"{BASE}/L99/").status_code == 404


def queries(address):
    client = visitor()
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize(("address", "most"), [(f"{BASE}/", 8), (f"{BASE}/L05/", 10)])
def test_a_list_of_texts_asks_the_same_with_one_version_as_with_ten(world, address, most):
    def one_more(number):
        draft = draft_of("L05")
        whole = Template(kind="L05", parts=(*draft.template.parts, Part(name=f"meer_{number}", text="Ja.")))
        services.save_draft(text_id=draft.pk, whole=whole, note="", author=draft.author, seen=draft.changed_at)
        services.publish(text_id=draft.pk, by=User.objects.get(username="teksten"))

    one_more(1)
    few = queries(address)
    for number in range(2, 11):
        one_more(number)
    assert queries(address) == few <= most


def test_from_the_list_to_a_published_text_by_two_people(world):
    client = visitor()
    answer = client.post(f"{BASE}/L01/nieuw/", {"scheme": ""})
    draft = LetterTemplate.objects.get()
    assert answer.headers["Location"] == edit(draft)
    page = client.post(edit(draft), typed(draft, thanks="Fijn dat u een aanvraag doet."), follow=True)
    assert "bewaard als concept" in words(page)
    assert "Een collega moet de tekst lezen" in words(client.get(f"{BASE}/versie/{draft.pk}/"))
    client.post(f"{BASE}/versie/{draft.pk}/publiceren/")
    assert LetterTemplate.objects.get().is_draft
    colleague = visitor("teksten")
    page = colleague.get(f"{BASE}/versie/{draft.pk}/")
    assert "<del>Wij hebben uw aanvraag ontvangen. Dank u wel.</del>" in page.content.decode() or "<ins>Fijn dat u" in page.content.decode()
    assert "gepubliceerd" in words(colleague.post(f"{BASE}/versie/{draft.pk}/publiceren/", follow=True))
    text = LetterTemplate.objects.get()
    assert (text.state, text.author.username, text.published_by.username, text.note) == ("published", "regelingbeheer", "teksten", "Korter.")
    assert colleague.get(edit(draft), follow=True).redirect_chain[0][0] == f"{BASE}/versie/{draft.pk}/"


def test_the_preview_shows_what_is_typed_and_keeps_nothing(world):
    draft = draft_of()
    page = visitor().post(edit(draft), typed(draft, "preview", thanks="Hallo, zaak {case_number}."))
    assert page.status_code == 200 and "Hallo, zaak SUB-2026-000123." in words(page)
    assert "Hallo" not in str(LetterTemplate.objects.get().content)


def test_the_writer_chooses_which_situation_the_preview_shows(world):
    draft = draft_of()
    asked = typed(draft, "preview") | {"situation-shown": "1", "situation": ["has_decision_day"]}
    page = words(visitor().post(edit(draft), asked))
    assert "U hebt geen bestanden meegestuurd" in page.split("Voorbeeld", 1)[1]
    draft = draft_of("L08")
    page = words(visitor().post(edit(draft), typed(draft, "preview") | {"situation-shown": "1", "situation": ["method_fixed", "method_per_unit"]}))
    assert "Deze voorwaarden kunnen niet samen voorkomen" in page


def test_a_refused_text_stays_on_the_page_with_the_error_at_its_field(world):
    draft = draft_of()
    answer = visitor().post(edit(draft), typed(draft, thanks="Zaak {case_nummer} <b>en ka\U0001e8ff</b>", withdraw="Mijn lange zin."))
    page = answer.content.decode()
    assert answer.status_code == 400 and "Bedoelt u case_number?" in page and "U+1E8FF" in page
    assert "Zaak {case_nummer} &lt;b&gt;en ka\U0001e8ff&lt;/b&gt;</textarea>" in page and "Mijn lange zin.</textarea>" in page
    assert 'aria-invalid="true"' in page and "Alles wat u typte, staat er nog" in page
    assert "Mijn lange zin." not in str(LetterTemplate.objects.get().content)


def test_one_slip_does_not_take_the_whole_preview_away(world):
    draft = draft_of()
    page = words(visitor().post(edit(draft), typed(draft, "preview", thanks="Zaak {case_nummer}.")))
    assert "Zaak [case_nummer: dit gegeven is er niet]." in page and "Wilt u stoppen?" in page and "Bedoelt u case_number?" in page


def test_the_page_says_what_is_missing_and_gives_hints(world):
    draft = draft_of()
    page = words(visitor().post(edit(draft), typed(draft, "preview", withdraw="", thanks="Indien u dat wilt.")))
    assert "In deze brief ontbreekt: hoe de aanvraag kan worden ingetrokken" in page and "Schrijf liever: als." in page
    assert "Het nummer van de zaak" in page  # the facts, explained


@pytest.mark.parametrize(("act", "order"), [("up:1", ["thanks", "subject", "receipt"]), ("down:0", ["thanks", "subject", "receipt"]), ("up:0", ["subject", "thanks", "receipt"]),
                                            ("down:999", ["subject", "thanks", "receipt"]), ("onzin", ["subject", "thanks", "receipt"])])
def test_parts_move_up_and_down_and_what_was_typed_moves_along(world, act, order):
    draft = draft_of()
    page = visitor().post(edit(draft), typed(draft, act, thanks="Getypt.")).content.decode()
    assert re.findall(r"<legend>(\w+)</legend>", page)[:3] == order and "Getypt.</textarea>" in page


def test_a_new_part_gets_a_name_and_place_of_its_own(world):
    draft = draft_of()
    page = visitor().post(edit(draft), typed(draft, "add:1")).content.decode()
    assert "Nieuwe alinea" in page and 'value="alinea_1"' in page
    assert page.index('value="thanks"') < page.index('value="alinea_1"') < page.index('value="receipt"')


def test_what_somebody_else_kept_meanwhile_is_not_overwritten(world):
    draft = draft_of()
    asked = typed(draft, thanks="Van mij.")
    services.save_draft(text_id=draft.pk, whole=shipped("L01").template, note="", author=User.objects.get(username="teksten"), seen=draft.changed_at)
    answer = visitor().post(edit(draft), asked)
    assert answer.status_code == 400 and "ondertussen veranderd" in words(answer) and "Van mij." in answer.content.decode()


def test_a_scheme_sees_what_it_left_out_and_can_take_it_back(world):
    draft = draft_of(scheme="LB-INW")
    visitor().post(edit(draft), typed(draft, thanks=""))
    draft.refresh_from_db()
    assert "thanks" not in [part.name for part in services.whole_of(draft).parts]
    page = visitor().get(edit(draft)).content.decode()
    assert "<legend>thanks</legend>" in page
    visitor().post(edit(draft), typed(draft, thanks=shipped("L01").template.part("thanks").text))
    draft.refresh_from_db()
    assert draft.content["parts"] == []


def test_a_real_case_is_shown_to_who_may_read_it_and_leaves_one_trace(live):
    life = live("received")
    outbox.run_open()
    number = life.case.case_number
    user = User.objects.get(username="behandelaar")
    RoleAssignment.objects.create(user=user, role="scheme_manager", valid_from=clock.today())
    draft = draft_of()
    client = visitor("behandelaar")
    for _ in "ab":
        page = words(client.post(edit(draft), typed(draft, "preview", thanks="Over zaak {case_number}:") | {"case": number}))
        assert f"Over zaak {number}:" in page and "Bankjes op het plein" in page
    assert AccessLog.objects.filter(user=user, chain=life.case.chain, what="letter L01 as example").count() == 1
    page = words(visitor().post(edit(draft), typed(draft, "preview") | {"case": number}))
    assert "die u mag lezen" in page and "Bankjes op het plein" not in page
    assert Letter.objects.filter(chain=life.case.chain, kind="L01").count() == 1


def test_who_manages_one_scheme_gets_to_its_texts_only(world):
    RoleAssignment.objects.filter(user__username="teksten").update(scheme_code="LB-INW")
    house, own = draft_of(), draft_of(scheme="LB-INW")
    client = visitor("teksten")
    assert client.get(edit(own)).status_code == 200 and client.get(edit(house)).status_code == 404
    for page in ("publiceren", "weggooien", "terugzetten", "intrekken"):
        assert client.post(f"{BASE}/versie/{house.pk}/{page}/").status_code == 404
    assert client.post(f"{BASE}/L08/nieuw/", {"scheme": ""}).status_code == 403
    assert client.post(f"{BASE}/L08/nieuw/", {"scheme": "LB-SVC"}).status_code == 403
    assert LetterTemplate.objects.count() == 2
    page = words(client.get(f"{BASE}/L01/"))
    assert "LB-INW" in page and "Alle regelingen" not in page


def test_a_text_in_force_that_a_newer_release_does_not_fit_says_so(world):
    old = Template(kind="L05", parts=(*shipped("L05").template.parts, Part(name="oud", text="Zie {vervallen_gegeven}.")))
    text = LetterTemplate.objects.create(
        kind="L05", number=1, based_on="0", content=old.to_dict(), digest=old.digest(), state="published", author=User.objects.get(username="regelingbeheer"),
        published_by=User.objects.get(username="teksten"), changed_at=clock.now(), published_at=clock.now(),
    )
    page = words(visitor().get(f"{BASE}/versie/{text.pk}/"))
    assert "past niet meer bij de software" in page and "{vervallen_gegeven} bestaat niet" in page
    listed = words(visitor().get(f"{BASE}/"))
    assert "Deze teksten passen niet meer bij de software" in listed and "L05, alle regelingen : Het gegeven {vervallen_gegeven} bestaat niet" in listed
    assert "L05" in words(visitor("beheer").get("/beheer/leidingen/")) and "vervallen_gegeven" in words(visitor("beheer").get("/beheer/leidingen/"))


def test_a_text_of_a_scheme_is_judged_within_the_text_of_the_house(world):
    text = services.publish(text_id=draft_of("L05", scheme="LB-INW").pk, by=User.objects.get(username="teksten"))
    assert "Deze teksten passen niet meer" not in words(visitor().get(f"{BASE}/")) and not unfit([text])
    own = Template(kind="L05", parts=(Part(name="oud", text="Zie {vervallen_gegeven}."),))
    bad = LetterTemplate(kind="L05", scheme="LB-INW", number=9, content=own.to_dict(), digest=own.digest(), state="published")
    assert [found for found, _problems in unfit([bad])] == [bad]


def test_the_paragraphs_of_the_scheme_itself_stand_in_the_example(world):
    draft, house = draft_of("L09", scheme="LB-INW"), draft_of("L09")
    said = "Inwoners weten zelf het beste wat hun buurt nodig heeft."
    page = words(visitor().get(edit(draft)))
    assert said in page and "In het voorbeeld staan ook 2 alinea" in page
    assert said not in words(visitor().get(edit(house))), "the house has none"
    assert said in words(visitor().get(f"{BASE}/versie/{draft.pk}/"))


def test_a_draft_is_thrown_away_only_when_asked(world):
    draft = draft_of()
    assert visitor().get(f"{BASE}/versie/{draft.pk}/weggooien/").status_code == 405
    assert "weggegooid" in words(visitor().post(f"{BASE}/versie/{draft.pk}/weggooien/", follow=True))
    assert not LetterTemplate.objects.exists()


def test_the_example_comes_as_a_file_that_says_it_is_a_concept(world):
    answer = visitor().get(f"{BASE}/versie/{draft_of('L08').pk}/pdf/")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF") and "voorbeeld-L08.pdf" in answer["Content-Disposition"]


def test_more_rows_than_a_letter_can_have_are_not_read(world):
    draft = draft_of()
    assert visitor().post(edit(draft), typed(draft, "preview") | {"rows": "999999999"}).status_code == 200
    answer = visitor().post(edit(draft), {"rows": "-1", "act": "save"})
    assert answer.status_code == 400 and "Deze tekst is leeg" in words(answer)
    draft.refresh_from_db()
    assert draft.template == shipped("L01").template


def test_the_longest_letter_with_many_parts_added_still_fits_in_one_form(world):
    draft = draft_of("L28")
    data = typed(draft, "preview")
    for place in range(data["rows"], 250):
        data |= {f"name-{place}": f"extra_{place}", f"text-{place}": "Ja.", f"form-{place}": "paragraph", f"when-{place}": "", f"elements-{place}": ""}
    page = visitor().post(edit(draft), data | {"rows": 250})
    assert page.status_code == 200 and "extra_249" in page.content.decode()


@pytest.mark.parametrize("change", [{"rows": "²"}, {"act": "up:²"}, {"seen": "2026-13-01T00:00"}])
def test_what_no_browser_sends_gets_an_answer(world, change):
    draft = draft_of()
    assert visitor().post(edit(draft), {**typed(draft), **change}).status_code in (200, 302, 400)
    assert visitor().get(f"{BASE}/versie/{draft.pk}/?tegen=²").status_code == 200
