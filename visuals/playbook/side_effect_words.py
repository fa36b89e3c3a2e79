"""What people said beside a measured effect, each with who says so as far as that may be told."""

from data.area.area import Area
from feedback.contributions.naming import role_name
from feedback.people.audit_words import who_text
from language import Language
from language.said import fact, tells
from response.effects.side_effects import SaidBeside


@tells("people")
def beside_sentences(found: SaidBeside, area: Area, lang: Language) -> list[str]:
    """Return what was said of side effects: in the log by role and organisation, in sessions, and in responses."""
    log = [
        lang.t(
            "In the log, {who}, {day}: {text}",
            who=who_text(one.role, one.organisation, lang),
            day=lang.date(one.entry.happened, "d MMM y", area.tz),
            text=fact(one.entry.texts["side_effects"], "action"),
        )
        for one in found.entries
    ]
    sessions = [lang.t("In a session: “{text}”", text=text) for text in found.words]
    responses = [
        lang.t(
            "{who}, on a day with the measure: “{text}”",
            who=role_name(one.label.role, lang) if one.label.role else lang.t("Somebody"),
            text=one.text,
        )
        for one in found.responses
    ]
    return [*log, *sessions, *responses]
