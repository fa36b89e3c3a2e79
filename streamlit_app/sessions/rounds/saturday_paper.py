"""Playing a frozen day on paper: a page for each moment to decide, and what is typed in from them."""

from html import escape
from string import ascii_lowercase

from data.area.area import Area
from feedback.sessions.agenda import Item
from feedback.sessions.rounds.saturday import TEAMS, TeamPlay
from language import Language, UserError
from reports.rounds.saturday import expected_sentences, game_card, how_played, moment_words
from response.saturday.frozen import FrozenDay
from response.saturday.game import Game
from streamlit_app.sessions.rounds.saturday_days import frozen_of


def saturday_pages(item: Item, area: Area, lang: Language) -> list[str]:
    """Return what stands on the page of each moment; one page that says why when there is no day to play.

    Empty for another kind of item. Each moment has a page of its own, so that a team does not see what comes.
    """
    if item.kind != "saturday":
        return []
    try:
        day = frozen_of(area)
    except UserError as error:  # the other sheets of the evening are printed all the same
        return [f"<p>{escape(error.say(lang))}</p>"]
    return [_page(day, moment, lang) for moment in range(1, len(day.game.moments) + 1)]


def _page(day: FrozenDay, moment: int, lang: Language) -> str:
    last = moment == len(day.game.moments)
    letters = letters_of(day.game)
    told = "".join(f"<li>{escape(sentence)}</li>" for sentence in expected_sentences(day, moment, lang))
    rows = "".join(
        f"<tr><td>{letters[card.id]}. {escape(game_card(card, day, lang))}</td><td class=box><i></i></td></tr>"
        for card in day.game.at(moment)
    )
    on = (
        lang.t("Hand all pages in together. You then hear how it ended.")
        if last
        else lang.t("Lay this page down. Only then take the next one: what you decided stays.")
    )
    parts = (
        f"<p>{escape(how_played(lang))}</p>" if moment == 1 else "",
        f"<p>{escape(lang.t('Team:'))} ______</p><h2>{escape(moment_words(day, moment, lang))}</h2><ul>{told}</ul>",
        f"<p>{escape(lang.t('Now or never: what does your team do?'))}</p><table><tbody>{rows}</tbody></table>",
        f"<p>{escape(on)}</p>",
    )
    return "".join(parts)


def letters_of(game: Game) -> dict[str, str]:
    """Return the letter of each card (id) on paper, in the order of the moments."""
    ordered = [card.id for moment in range(1, len(game.moments) + 1) for card in game.at(moment)]
    return dict(zip(ordered, ascii_lowercase, strict=False))


def read_saturday(lines: list[str], game: Game) -> list[TeamPlay]:
    """Read one line a team: its number and the letters of what it ticked, such as ``3 a c``, or ``3`` for nothing.

    Raises ``UserError`` that names the line that does not fit.
    """
    cards = {letter: card for card, letter in letters_of(game).items()}
    last = len(game.moments) + 1
    found: list[TeamPlay] = []
    for line, text in enumerate(lines, 1):
        words = text.lower().split()
        if not words:
            continue
        number, ticked = words[0], [letter for word in words[1:] for letter in word]
        team = int(number) if number.isdecimal() and number.isascii() else 0
        if not 1 <= team <= TEAMS or not set(ticked) <= set(cards) or any(one.team == team for one in found):
            raise UserError(
                "Line {line}: write the number of a team and its letters, such as 3 a c, and not '{text}'. Teams: 1 to "
                "{teams}, each once. Letters: a to {last}.",
                line=line,
                text=text.strip()[:40],
                teams=TEAMS,
                last=max(cards),
            )
        found.append(TeamPlay(team, last, frozenset(cards[letter] for letter in ticked)))
    return found
