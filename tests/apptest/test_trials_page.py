"""Trials: everybody reads them; professionals plan one, with its lots in sight, freeze it, and break off a day."""

from streamlit.testing.v1 import AppTest

from feedback.people.roles import Role
from response.trials.running import trials
from streamlit_app.playbook.keys import PlaybookKey
from tests.apptest.signing_in import sign_in
from tests.apptest.test_pages import ROOT
from tests.apptest.test_playbook_page import page as playbook_page
from tests.apptest.test_playbook_page import words


def page(role: Role) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"] = "nl"
    sign_in(app, role).run()
    app.switch_page("../pages/trials.py").run()
    assert not app.exception
    return app


def test_a_plan_is_frozen_read_by_everybody_and_a_day_of_it_broken_off() -> None:
    app = page(Role.PROFESSIONAL)
    assert "nog geen proef" in words(app)
    app.session_state[PlaybookKey.TRIAL] = True
    app.run()
    key = PlaybookKey.TRIAL
    for field, value in (("question", "Helpen de borden?"), ("seed", "4711"), ("stop", "Te druk"), ("agreed", "Raad")):
        app.text_input(key=f"{key}.{field}").set_value(value)
    app.selectbox(key=f"{key}.card").set_value("borden-spreiden")
    app.multiselect(key=f"{key}.zones").set_value(["pier"]).run()
    assert "Geloot, ermee:" in words(app)
    assert "dagen van elke soort nodig" in words(app)
    app.button(key=f"{key}.freeze").click().run()
    assert not app.exception
    (made,) = trials("scheveningen")
    assert (made.plan.seed, made.plan.zones, len(made.plan.on)) == ("4711", ("pier",), 10)
    app = page(Role.VISITOR)
    assert "Helpen de borden?" in [one.value for one in app.subheader]
    assert "4711/" in words(app)
    assert not app.button
    app = page(Role.PROFESSIONAL)
    form = f"{key}.{made.plan.id}"
    app.text_input(key=f"{form}.why").set_value("Storm voorspeld.")
    next(one for one in app.button if one.label == "Breek af").click().run()
    assert not app.exception
    assert trials("scheveningen")[0].breaks[0].reason == "Storm voorspeld."


def test_a_measured_effect_is_adopted_and_withdrawn_on_the_page() -> None:
    app = playbook_page(part="effects")
    told = words(app)
    assert "Minder druk dan verwacht: ongeveer" in told
    assert "Dit weten wij nog niet" in told
    key = f"{PlaybookKey.EFFECT}.strandweg-autovrij"
    for expected in ("nieuwe verwachtingen", "aanname weer"):
        app.text_input(key=f"{key}.by").set_value("Werkgroep")
        app.text_area(key=f"{key}.why").set_value("Vijftien dagen zeggen genoeg.")
        next(
            one
            for one in app.button
            if one.label in ("Stel het vast voor scenario's en kaarten", "Gebruik het niet meer")
        ).click().run()
        assert not app.exception
        assert expected in "\n".join(one.value for one in (*app.markdown, *app.success, *app.info, *app.toast))
