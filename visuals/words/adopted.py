"""Whose thresholds between the levels these are, in words: of this project, adopted, or somebody's own."""

from datetime import tzinfo

from forecasting.values.adoption import Adoption, Body
from language import Language


def body_name(body: Body, lang: Language) -> str:
    """Return on whose behalf thresholds were adopted, as it stands after 'by'."""
    names: dict[Body, str] = {
        "klankbordgroep": lang.t("the sounding board"),
        "kennistafel": lang.t("the knowledge table"),
        "werkgroep": lang.t("the working group"),
        "organisation": lang.t("the municipality and its partners"),
    }
    return names[body]


def adopted_sentence(adoption: Adoption | None, lang: Language, tz: tzinfo) -> str:
    """Say which thresholds are in force for everyone: adopted when and by whom, or an assumption of this project."""
    if adoption is None:
        return lang.t("The thresholds between the levels are an assumption of this project.")
    return lang.t(
        "The thresholds between the levels were adopted on {day} by {body}.",
        day=lang.date(adoption.at.astimezone(tz).date(), "d MMMM y"),
        body=body_name(adoption.body, lang),
    )


def whose_sentence(adoption: Adoption | None, lang: Language, tz: tzinfo, *, own: bool) -> str:
    """Say whose thresholds are shown, ``own`` ones or those in force, and that they are no official phase."""
    said = (
        lang.t("The thresholds between the levels are your own, or those of the link you opened.")
        if own
        else adopted_sentence(adoption, lang, tz)
    )
    return f"{said} {lang.t('They are not an official phase of police or municipality.')}"
