"""Takes the pictures of the guide for facilitators: an evening with 34 people, on projector, desk and phone."""

import random
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser

from feedback.people.invitations import invite
from feedback.people.roles import Role
from feedback.sessions.advice import answer_advice, give_advice
from feedback.sessions.agenda import add_item
from feedback.sessions.responses import respond, type_in
from feedback.sessions.sessions import Session, join, make_session, open_session, reveal, show_item
from feedback.sessions.statements import add_statement, vote
from tests.browser.looking import LAPTOP, PHONE, settled, visit
from tests.unit.moderators import publish_all

PROJECTOR = {"width": 1920, "height": 1080}
STATEMENTS = (
    "Op drukke dagen moet de boulevard autovrij zijn.",
    "Wij willen drie dagen vooruit weten hoe druk het wordt.",
    "Meer prullenbakken op het strand, en vaker legen.",
    "Er komen te veel evenementen in het weekend.",
    "Parkeren mag duurder als de tram goedkoper wordt.",
    "Handhaven helpt niet; spreiden over de dag wel.",
)
ANSWERS = (
    "Als je met de kinderwagen niet meer over de boulevard kunt.",
    "Geen plek meer in de tram terug, uren wachten.",
    "Afval dat blijft liggen bij de strandopgang.",
    "Scooters op het fietspad bij de haven.",
    "Het geluid tot na elven bij de Pier.",
    "Parkeerders in onze straat, ook op de stoep.",
)


def prepare() -> tuple[Session, str]:
    """Make the evening in users' state; returns the session and a code for a facilitator."""
    made = make_session(
        "Klankbordavond: drukte aan zee",
        kind="klankbordgroep",
        day=date(2026, 8, 4),
        area="scheveningen",
        place="Strandpaviljoen Noord",
    )
    question = add_item(made.id, "question", "Wat maakt een drukke dag voor u te druk?", minutes=5)
    statements = add_item(made.id, "statements", "Stellingen over drukke dagen", item_id=f"s-{made.id}", minutes=8)
    add_item(made.id, "look", "Zaterdag bij de Pier", target="map?at=2026-08-08T13:00Z&view=levels&zone=pier")
    ids = [add_statement(made.id, t, person=None, item_id=statements.id, seed=True).id for t in STATEMENTS]
    opened = open_session(made.id)
    chance = random.Random(3)
    for number in range(34):
        person = f"person {number}"
        join(made.id, person, ("resident", "entrepreneur", "visitor")[number % 3])
        for index, statement in enumerate(ids):
            likely = 0.9 if index in (1, 2) or number % 2 == index % 2 else 0.12
            vote(statement, 1 if chance.random() < likely else -1, person=person)
    publish_all(type_in(made.id, question.id, list(ANSWERS)))
    respond(made.id, question.id, "Te weinig fietsenrekken bij de haven.", person="person 1", response_id="waits")
    give_advice(
        made.id,
        "Zet op drukke dagen bij elke strandopgang een extra container.",
        due=date(2026, 9, 15),
        supported_by="31 van de 34 deelnemers",
        minority="Twee ondernemers vrezen stank bij het terras.",
        links=[("statement", ids[2])],
    )
    done = give_advice(made.id, "Deel de verwachting drie dagen vooruit in de app van de tram.", due=date(2026, 12, 1))
    answer_advice(done.id, "adopted", "Vanaf mei staat de verwachting in de app.", answered_by="gemeente")
    _, code = invite(Role.FACILITATOR, "gids", by=Role.STEWARD)
    return opened, code


def take(browser: Browser, address: str, opened: Session, code: str, folder: Path) -> None:
    """Take the pictures, named ``handleiding-sessies-…``."""
    statements = f"s-{opened.id}"
    context = browser.new_context(viewport=PROJECTOR, locale="nl-NL", timezone_id="Europe/Amsterdam")
    page = context.new_page()
    page.goto(f"{address}/enter/{code}?lang=nl")
    page.get_by_role("button", name="Verder").click()
    settled(page)

    def shoot(name: str) -> None:
        page.screenshot(path=folder / f"handleiding-sessies-{name}.png")

    page.goto(f"{address}/present/{opened.id}?lang=nl")
    page.get_by_text("antwoorden zijn binnen").wait_for()
    shoot("zaal-verborgen")
    page.keyboard.press("Space")
    page.locator(".wall p").first.wait_for()
    shoot("zaal-muur")
    show_item(opened.id, statements)
    reveal(statements)
    page.locator(".found p").first.wait_for()
    page.wait_for_timeout(800)
    shoot("zaal-uitslag")
    page.set_viewport_size(LAPTOP)
    shoot("zaal-uitslag-laptop")
    visit(page, f"{address}/sessions?lang=nl&session={opened.id}")
    shoot("bureau")
    visit(page, f"{address}/answers?lang=nl")
    shoot("antwoorden")
    page.goto(f"{address}/sheets/{opened.id}?lang=nl")
    shoot("papier")
    phones = browser.new_context(viewport=PHONE, locale="nl-NL", timezone_id="Europe/Amsterdam")
    page = phones.new_page()
    page.goto(f"{address}/enter/{opened.code}?lang=nl")
    page.get_by_role("heading", name="Stellingen over drukke dagen").wait_for()
    settled(page)
    shoot("telefoon")
    phones.close()
    context.close()
