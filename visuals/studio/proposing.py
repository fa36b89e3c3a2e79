"""Headlines to choose from, made of the forecast itself."""

from visuals.base.palette import word
from visuals.studio.catalogue import Template
from visuals.studio.material.material import Material, Words
from visuals.studio.words.message import Message
from visuals.studio.words.wording import day_title, first_sentence
from visuals.words.claim_words import chance_of, said
from visuals.words.hours import capitalised

_MOST = 4


def proposed_message(template: Template, material: Material) -> Message:
    """Return the message in the forecast's own words, whatever somebody wrote."""
    return template.message(material.changed(words=Words()))


def headlines(template: Template, material: Material) -> list[str]:
    """Return headlines in plain words, the proposed one first; none of them says what the forecast does not."""
    lang, message = material.lang, proposed_message(template, material)
    found = [message.headline]
    if message.level and message.claims:
        claim = message.claims[0]
        values = {
            "level": word(message.level, lang),
            "zone": said(material.name(claim.zone_ids[0]), claim),
            "day": day_title(claim.start.astimezone(material.area.tz).date(), lang),
        }
        if message.serious:
            found.append(first_sentence(message.advice))
            found.append(lang.t("{day}: {level} at {zone}", **values))
            likely = next(one for one in message.claims if one.what == "chance" and one.zone_ids == claim.zone_ids)
            values["chance"] = chance_of(likely, lang)
            found.append(capitalised(lang.t("chance {chance}: {level} at {zone}", **values)))
        else:
            found.append(lang.t("Room for everybody at {zone}", zone=values["zone"]))
    return list(dict.fromkeys(found))[:_MOST]
