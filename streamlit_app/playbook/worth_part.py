"""When warning is worth it: a card on a year of forecasts, beside what each role accepts for nothing."""

import streamlit as st

from feedback.sessions.rounds.needless import RoleGroup, newest_accepted
from forecasting.evaluation.backtest_result import days_path
from forecasting.evaluation.economic_value import Worth
from language.markdown import as_text, bullets, small
from reports.rounds.needless import needless_sentences
from response.cards.card import Card
from response.cards.history import change_card, revisions
from response.week.ahead import WeekAhead
from response.week.past import PastTrigger
from streamlit_app.access.permissions import visitor
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.playbook.pasts import past_of, too_little
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_drawn, attempt, do_seen
from streamlit_app.shell.context import Context
from streamlit_app.showing.charts import show_chart
from visuals.charts.proposals import people_of
from visuals.playbook.worth_chart import SHOWN, worth_chart
from visuals.playbook.worth_words import account_sentences, acted_sentence, worth_table


def show_worth(context: Context, week: WeekAhead) -> None:
    """Show of one card what warnings were worth over what one accepts for nothing, and for each role that was asked."""
    lang = context.lang
    by_id = {card.id: card for card in week.playbook.cards}
    chosen = st.selectbox(
        lang.t("Card"),
        tuple(by_id),
        format_func=lambda one: by_id[one].name(lang),
        key=PlaybookKey.WORTH,
        width=560,
    )
    card = by_id[chosen]
    asked = newest_accepted(context.area.id)
    past = past_of(card.trigger, context)
    if past is None:
        st.markdown(too_little(context))
    else:
        _show_curve(card, past, context)
    st.subheader(lang.t("What each role accepts"), anchor=False)
    if asked is None:
        st.markdown(
            lang.t(
                "Nobody was asked yet. Put 'How often for nothing?' on the agenda of a session. Once the room "
                "has seen the answers, they are shown here."
            )
        )
        return
    _, groups = asked
    st.markdown(bullets(needless_sentences(groups, lang)))
    if past is not None:
        of_roles = [(group, past.worth(group.middle)) for group in groups]
        st.dataframe(worth_table(of_roles, lang), hide_index=True)
    _take_over(card, groups, context)


def _show_curve(card: Card, past: PastTrigger, context: Context) -> None:
    lang = context.lang
    curve = [(times, past.worth(times)) for times in SHOWN]
    path = days_path(context.area.id)
    show_chart(
        context,
        lambda compact: worth_chart(curve, context.outlook, compact=compact),
        "worth",
        card.trigger.model_dump_json(),
        str(path and path.stat().st_mtime_ns),
        alt_text=lang.t("What warnings were worth. The sentences below say the main thing."),
    )
    st.markdown(bullets(account_sentences(_as_it_stands(card, past), lang)))
    st.markdown(as_text(acted_sentence(past.with_measure(card.trigger.chance), lang)))
    st.markdown(small(lang.t("Counted at the chance that stands on the card now.")))


def _as_it_stands(card: Card, past: PastTrigger) -> Worth:
    """Return what acting from the chance of the card on was worth to whom that chance fits."""
    return past.worth(1 / card.trigger.chance - 1)


def _take_over(card: Card, groups: list[RoleGroup], context: Context) -> None:
    """Offer the chance of a role as the card's own, as a change like every other."""
    lang, key = context.lang, f"{PlaybookKey.WORTH}.take.{card.id}"
    told = {group.role: group for group in groups if group.role and group.middle}
    if not told:
        return
    seen = as_drawn(key, revisions, context.area.id)
    with (
        st.expander(lang.t("Use as the chance of this card"), icon=":material/edit:"),
        st.form(key, border=False),
    ):
        role = st.selectbox(
            lang.t("Of whom"), tuple(told), format_func=lambda one: people_of(one, lang), key=f"{key}.role", width=320
        )
        reason = st.text_area(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
        sent = st.form_submit_button(lang.t("Use it"))

    def take() -> None:
        chance = max(0.05, round(1 / (told[role].middle + 1), 4))
        draft = card.model_copy(update={"trigger": card.trigger.model_copy(update={"chance": chance})})
        do_seen(seen, change_card, context.area, draft, role=visitor().role.value, reason=reason)
        session.say_once(as_text(lang.t("The card is changed. It is an example until a body adopts it.")))

    if sent and attempt(lang, take):
        st.rerun()
