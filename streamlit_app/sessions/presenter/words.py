"""The words on the screen of the room and on its remote control."""

from feedback.sessions.door import is_shut
from feedback.sessions.stage import Stage
from language import Language
from streamlit_app.sessions.seating import rush


def words(seen: Stage, following: str | None, address: str, lang: Language) -> dict[str, str]:
    """Return all words by name; ``following`` is the title of the next item, ``address`` where people come in."""
    count = seen.answered + seen.said
    return {
        "how": lang.t("Scan, or go to {address}", address=address.rsplit("://", maxsplit=1)[-1])
        if address
        else lang.t("Open this app and enter the code"),
        "present": lang.n("person takes part", "people take part", seen.present),
        "answered": _answered(seen, count, lang),
        "rush": rush(seen.lately, lang),
        "door": lang.t("Let people in again") if is_shut(seen.session) else lang.t("Let nobody else in"),
        "waiting": lang.n("{n} waits for the moderator", "{n} wait for the moderator", seen.waiting),
        "next": lang.t("Next: {title}", title=following) if following else "",
        "room": lang.t("the room"),
        "model": lang.t("the forecast"),
        "came": lang.t("counted"),
        "agree": lang.t("Agree"),
        "pass": lang.t("Pass"),
        "disagree": lang.t("Disagree"),
        "more": lang.n("and {n} more statement", "and {n} more statements", max(0, len(seen.tallies) - 8)),
        "reveal": lang.t("Reveal answers"),
        "hide": lang.t("Hide answers"),
        "before": lang.t("Back"),
        "after": lang.t("Next item"),
        "start": lang.t("Start the timer"),
        "stop": lang.t("Stop the timer"),
        "empty": lang.t("Welcome"),
        "lost": lang.t("No connection. This screen goes on by itself as soon as it is back."),
    }


def _answered(seen: Stage, count: int, lang: Language) -> str:
    """Say what the number of answers counts, and while they are hidden that they come later."""
    kind = seen.item.kind if seen.item is not None else ""
    revealed = seen.item is not None and seen.item.revealed
    if kind == "thresholds":
        if revealed:
            return lang.n("person proposed thresholds.", "people proposed thresholds.", count)
        return lang.n(
            "person proposed thresholds. Results come later.", "people proposed thresholds. Results come later.", count
        )
    if kind == "guess":
        if revealed:
            return lang.n("person guessed.", "people guessed.", count)
        return lang.n("person guessed. The forecast comes later.", "people guessed. The forecast comes later.", count)
    if kind == "needless":
        if revealed:
            return lang.n("person answered.", "people answered.", count)
        return lang.n("person answered. Results come later.", "people answered. Results come later.", count)
    if kind == "saturday":
        return lang.n("team plays.", "teams play.", count)
    if seen.tallies and not seen.said:
        if revealed:
            return lang.n("person voted.", "people voted.", count)
        return lang.n("person voted. Results come later.", "people voted. Results come later.", count)
    if revealed:
        return lang.n("answer is in.", "answers are in.", count)
    return lang.n("answer is in. You see it later.", "answers are in. You see them later.", count)
