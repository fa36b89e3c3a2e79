"""Headlines, captions and alternative texts say what the forecast says, and what it does not say is pointed out."""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.meaning.busy import busy_moments
from language import UserError
from visuals.studio.catalogue import TEMPLATES
from visuals.studio.layout.sizes import SIZES
from visuals.studio.material.material import Words, hour_of, opening
from visuals.studio.material.order import completed
from visuals.studio.proposing import headlines, proposed_message
from visuals.studio.words.captions import SHORT, captions
from visuals.studio.words.proofreading import contradictions
from visuals.tables.files import figures_file
from visuals.tables.readable import Origin


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("template", ["levels-map", "weekend", "best-hours", "zone-week"])
def test_what_the_forecast_proposes_is_right(materials, template, lang):
    material, made = materials("scheveningen", lang), TEMPLATES[template]
    proposed = proposed_message(made, material)
    choices = headlines(made, material)
    assert len(choices) >= 3
    for text in (*choices, proposed.advice):
        assert contradictions(text, proposed, material) == []


@pytest.mark.parametrize(
    ("text", "pointed_out"),
    [
        ("Druk bij de Pier, kans 2 op 10", "2 op 10"),
        ("80% kans op drukte", "80%"),
        ("Kom na 13 uur", "13 uur"),
        ("Donderdag te druk", "donderdag"),
        ("Wel 250.000 mensen verwacht", "250.000"),
    ],
)
def test_what_the_forecast_does_not_say_is_pointed_out(materials, text, pointed_out):
    material = materials("scheveningen", "nl")
    found = contradictions(text, proposed_message(TEMPLATES["best-hours"], material), material)
    assert any(pointed_out in sentence for sentence in found)


def test_a_level_that_is_not_expected_is_pointed_out(materials):
    material = materials("scheveningen", "nl")
    quiet = material.changed(hour_index=3)
    found = contradictions("Vandaag te druk", proposed_message(TEMPLATES["levels-map"], quiet), quiet)
    assert any("'te druk'" in sentence for sentence in found)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_hours_that_are_not_at_the_level_are_pointed_out(materials, lang):
    material = materials("scheveningen", lang)
    week = material.forecast
    # Busier or quieter, until a moment is busy before it is too busy, whatever the models that ship make of this week.
    weeks = (
        replace(week, quantiles=week.quantiles * share, paths=week.paths * share) for share in np.arange(0.7, 1.4, 0.05)
    )
    forecast, moment = next(
        (one, m)
        for one in weeks
        for m in busy_moments(one, material.thresholds)
        if len(m.levels) == 2 and m.levels[0].spans[0].start > m.start and m.start.hour >= 8 and m.end.hour <= 22
    )
    material = material.changed(forecast=forecast, zone_id=moment.zone_id, hour_index=moment.peak)
    proposed = proposed_message(TEMPLATES["best-hours"], material)
    red, orange = ((hours.spans[0].start.hour, hours.spans[0].end.hour) for hours in moment.levels)

    def written(level, hours):
        word = {"nl": {"red": "te druk", "orange": "druk"}, "en": {"red": "too busy", "orange": "busy"}}[lang][level]
        between = "van {} tot {} uur" if lang == "nl" else "from {}:00 to {}:00"
        return f"{word} {between.format(*hours)}"

    for right in (written("red", red), written("orange", orange), written("orange", red)):
        assert contradictions(right, proposed, material) == []
    (found,) = contradictions(written("red", orange), proposed, material)
    assert written("red", red) in found
    assert written("orange", orange) in found


def test_every_channel_gets_its_words(materials):
    material = materials("scheveningen", "nl")
    message = TEMPLATES["levels-map"].message(material)
    words = captions(material, message)
    assert all(text.startswith("OEFENGEGEVENS") for text in words.values())
    assert len(words["short"]) <= SHORT
    assert message.advice in words["short"]
    assert "#Scheveningen" in words["instagram"]
    assert "Code" in words["website"]
    long = material.changed(words=Words(advice="Blijf weg. " * 40))
    assert len(captions(long, TEMPLATES["levels-map"].message(long))["short"]) <= SHORT


def test_own_words_stand_on_the_picture_and_too_many_give_a_sentence(materials):
    material = materials("scheveningen", "nl").changed(words=Words("Fijn strandweer: kom vroeg", "Neem de tram."))
    drawn = TEMPLATES["levels-map"].svg(material, SIZES["square"])
    assert "Neem de tram." in drawn
    with pytest.raises(UserError, match="too long for the picture"):
        TEMPLATES["levels-map"].svg(material.changed(words=Words("Kom vroeg en blijf kort. " * 60)), SIZES["square"])


def test_a_warning_without_advice_is_refused(materials):
    from dataclasses import replace

    from visuals.studio.panels.frame import compose

    material, template = materials("scheveningen", "nl"), TEMPLATES["levels-map"]
    with pytest.raises(UserError, match="must say what to do"):
        compose(material, replace(template.message(material), advice=""), SIZES["square"], template.framed)


def test_a_moment_outside_the_forecast_and_an_empty_week_give_a_sentence(materials, make, coast, zone_thresholds):
    from datetime import UTC, datetime

    material = materials("scheveningen", "nl")
    with pytest.raises(UserError, match="lies outside the forecast"):
        hour_of(material.forecast, datetime(2026, 9, 1, tzinfo=UTC), material.lang)
    unknown = make(coast, unknown=coast.zone_ids)
    with pytest.raises(UserError, match="nothing to make a picture of"):
        opening(unknown, zone_thresholds(coast), unknown.cutoff)
    silent = material.changed(forecast=make(material.area, unknown=(material.zone_id,)))
    for template in ("zone-week", "best-hours"):
        with pytest.raises(UserError, match="no forecast for"):
            TEMPLATES[template].svg(silent, SIZES["square"])


def test_a_quiet_week_says_that_anybody_may_come(materials, make):
    material = materials("scheveningen", "nl")
    quiet = material.changed(forecast=make(material.area, scale=0.05))
    for template in ("levels-map", "weekend", "best-hours", "zone-week"):
        message = TEMPLATES[template].message(quiet)
        assert not message.serious
        assert "goed moment" in message.advice
        TEMPLATES[template].svg(quiet, SIZES["story"])


def test_a_number_is_held_against_the_place_and_hour_that_are_spoken_of(materials):
    material = materials("scheveningen", "nl")
    proposed = proposed_message(TEMPLATES["levels-map"], material)
    first, figures = proposed.claims[0], proposed.figures.set_index("zone_id")
    here, place = figures.loc[first.zone_ids[0]], material.name(first.zone_ids[0])
    right, wrong = round(here["q50"]), round(here["q90"] * 1.3)
    assert contradictions(f"{right} mensen bij {place}", proposed, material) == []
    assert contradictions(f"{wrong} mensen bij {place}", proposed, material)


def test_every_place_and_part_of_the_day_that_is_drawn_is_claimed(materials):
    material = materials("scheveningen", "nl")
    drawn = TEMPLATES["levels-map"].message(material)
    assert {zone_id for claim in drawn.claims for zone_id in claim.zone_ids} == set(material.area.zone_ids)
    weekend = TEMPLATES["weekend"].message(material)
    assert len(weekend.claims) >= (weekend.figures["level"] != "unknown").sum()


def test_a_what_if_says_if_and_calls_nobody_to_action(materials):
    material = materials("scheveningen", "nl")
    said = TEMPLATES["scenario"].message(material)
    assert said.headline.startswith("Als ")
    assert "geen advies" in said.advice


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_16_11_texts_and_pictures_carry_a_link_where_the_app_can_be_reached(materials, template):
    material, made = materials("scheveningen", "nl"), TEMPLATES[template]
    reached = completed(material, template, None, "https://drukte.voorbeeld.nl")
    for channel, text in captions(reached, made.message(reached)).items():
        # Who hears the alternative text of a poster cannot scan its code.
        without = ("screen",) if template == "session-poster" else ("alt", "screen")
        assert ("https://drukte.voorbeeld.nl/" in text) == (channel not in without)
        assert channel != "short" or len(text) <= SHORT
    drawn = made.svg(reached, SIZES["square"])
    assert "drukte.voorbeeld.nl/today?area=scheveningen" in drawn or template == "session-poster"  # that has a QR code
    nowhere = completed(material, template, None)
    assert nowhere.link == "" or template == "session-poster"


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_16_11_the_table_of_the_press_kit_is_in_dutch(materials, template):
    material, made = materials("scheveningen", "nl"), TEMPLATES[template]
    shown = completed(material, template, None)
    file = figures_file(made.message(shown).figures, Origin(shown.area, shown.forecast), shown.lang).decode("utf-8-sig")
    head = next(line for line in file.splitlines() if ";" in line or template == "session-poster")
    raw = {"item", "topic", "contributions", "zone_id", "hour", "level", "q50", "p_orange", "daypart", "count", "start"}
    assert not raw & set(head.replace('"', "").split(";")), head
    assert not any(f";{word}" in file for word in ("green", "orange", "parking", "True", "noise", "morning"))
